// The moment that map and day both show.
import "./moment-slider.css";
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from "react-aria-components";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";

interface MomentSliderProps {
  readonly day: { readonly startMs: number; readonly endMs: number };
  readonly momentMs: number;
  readonly onChange: (momentMs: number) => void;
}

const minuteMs = 60_000;
const stepMinutes = 5;

export function MomentSlider({ day, momentMs, onChange }: MomentSliderProps) {
  const text = useText(bookMessages);
  const format = useFormat();
  const lastMinute = (day.endMs - day.startMs) / minuteMs - stepMinutes;
  const minute = Math.floor((momentMs - day.startMs) / minuteMs);
  return (
    <Slider
      className="moment-slider"
      maxValue={lastMinute}
      step={stepMinutes}
      value={minute}
      onChange={(value) => onChange(day.startMs + value * minuteMs)}
    >
      <Label>{text.moment}</Label>
      <SliderOutput className="moment-slider-time">{format.dateTime(momentMs)}</SliderOutput>
      <SliderTrack className="moment-slider-track">
        <SliderThumb aria-valuetext={format.dateTime(momentMs)} className="moment-slider-thumb" />
      </SliderTrack>
    </Slider>
  );
}

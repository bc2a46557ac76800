// The map's buttons: in, out, all. For hands that do not scroll and for keyboards.
import { Button } from "react-aria-components";
import { useText } from "../app/i18n/language-context.ts";
import { mapMessages } from "../app/i18n/map-messages.ts";
import { Icon } from "../design/icon.tsx";

interface MapZoomProps {
  readonly onZoom: (levels: number) => void;
  readonly onAll: () => void;
}

export function MapZoom({ onZoom, onAll }: MapZoomProps) {
  const text = useText(mapMessages);
  return (
    <div className="map-zoom">
      <Button aria-label={text.zoomIn} className="map-button" onPress={() => onZoom(1)}>
        <Icon name="plus" />
      </Button>
      <Button aria-label={text.zoomOut} className="map-button" onPress={() => onZoom(-1)}>
        <Icon name="minus" />
      </Button>
      <Button aria-label={text.showAll} className="map-button" onPress={onAll}>
        <svg aria-hidden="true" fill="none" height="20" stroke="currentColor" viewBox="0 0 20 20">
          <path d="M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4" strokeWidth="1.5" />
        </svg>
      </Button>
    </div>
  );
}

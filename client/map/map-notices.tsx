// What a reader must know of the map itself: that it is being drawn, that the built-in one
// stands in for Mapbox, or that there is none.
import { useState } from "react";
import { Button } from "react-aria-components";
import { useText } from "../app/i18n/language-context.ts";
import { mapMessages } from "../app/i18n/map-messages.ts";
import { Icon } from "../design/icon.tsx";
import type { MapState } from "./use-map.ts";

export function MapNotices({ state }: { readonly state: MapState }) {
  const text = useText(mapMessages);
  const [hidden, setHidden] = useState(false);
  const { map, fellBack, failed } = state;
  if (failed !== undefined) {
    return (
      <div className="map-notice" data-testid="map-failed" role="alert">
        <p>
          <strong>{text.failed}</strong> {text.failedDetail(failed)}
        </p>
      </div>
    );
  }
  return (
    <>
      {map === undefined && <p className="map-loading">{text.loading}</p>}
      {fellBack !== undefined && !hidden && (
        <div className="map-notice" data-testid="map-fallback" role="status">
          <p>
            <strong>{text.fallback}</strong> {text.fallbackReason(fellBack)}
          </p>
          <Button aria-label={text.dismiss} className="map-button" onPress={() => setHidden(true)}>
            <Icon name="close" size={16} />
          </Button>
        </div>
      )}
    </>
  );
}

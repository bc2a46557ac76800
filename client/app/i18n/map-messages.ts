// Texts on and beside the map.
import { defineMessages } from "./messages.ts";

export const mapMessages = defineMessages({
  en: {
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    showAll: "Show the whole site",
    loading: "Drawing the map…",
    fallback: "Mapbox could not be used. This is the built-in map.",
    fallbackReason: (reason: string) => `Mapbox said: ${reason}`,
    failed: "The map cannot be drawn in this browser.",
    failedDetail: (reason: string) => `The lists beside it carry the same facts. Reason: ${reason}`,
    dismiss: "Hide this notice",
    estimate: "estimate",
  },
  zhHant: {
    zoomIn: "放大",
    zoomOut: "縮小",
    showAll: "顯示整個場地",
    loading: "正在繪製地圖…",
    fallback: "未能使用 Mapbox,現顯示內置地圖。",
    fallbackReason: (reason: string) => `Mapbox 的回應：${reason}`,
    failed: "此瀏覽器未能繪製地圖。",
    failedDetail: (reason: string) => `旁邊的列表載有相同資料。原因：${reason}`,
    dismiss: "隱藏此通知",
    estimate: "估算",
  },
});

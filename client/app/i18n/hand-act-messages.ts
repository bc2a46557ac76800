// Texts of what a controller does by hand: closing a session, binding a flight to a booking.
import { defineMessages } from "./messages.ts";

export const handActMessages = defineMessages({
  en: {
    close: {
      button: "Close this session…",
      title: (drone: string) => `Close the session of ${drone}?`,
      lastHeard: (drone: string, time: string) => `${drone} was last heard at ${time}, armed.`,
      booking: (title: string) => `Booking: ${title}`,
      noBooking: "It flies without a booking.",
      what:
        "Its flight ends here without disarming and is sealed. Should the drone be heard again, " +
        "a new flight begins. This cannot be undone.",
      confirm: "Close the session",
      cancel: "Keep it open",
    },
    bind: {
      label: "Bind to a booking",
      choose: "Choose a booking",
      none: "No booking of this site, now or within 15 minutes, to bind it to.",
      noneFlown:
        "No booking of this site to bind it to: one around the flight that still stands, or " +
        "ended within the last 15 minutes.",
      detail: (window: string, organisation: string) => `${window}, ${organisation}`,
      button: "Bind…",
      title: (drone: string, booking: string) => `Bind ${drone} to “${booking}”?`,
      what: (organisation: string) =>
        `From now on the flight is judged against this booking, and ${organisation} may see it. ` +
        "It can be taken back.",
      whatFlown: (organisation: string) =>
        `The flight belongs to this booking from now on, and ${organisation} may see it. ` +
        "It can be taken back.",
      notNamed: (drone: string) => `The booking does not name ${drone}.`,
      confirm: "Bind the flight",
      cancel: "Leave it as it is",
    },
    takeBack: {
      byHand: "Bound to this booking by a controller.",
      notNamed: "The booking does not name this aircraft.",
      button: "Take back the binding…",
      title: (drone: string, booking: string) => `Take ${drone} out of “${booking}”?`,
      what:
        "The flight stands again as it was judged at arming, and its alarms with it. The booking " +
        "goes back to what its other flights make of it.",
      confirm: "Take it back",
      cancel: "Leave it bound",
    },
  },
  zhHant: {
    close: {
      button: "結束此時段…",
      title: (drone: string) => `結束 ${drone} 的時段？`,
      lastHeard: (drone: string, time: string) =>
        `最後於 ${time} 收到 ${drone} 的訊號，當時已解鎖。`,
      booking: (title: string) => `預約：${title}`,
      noBooking: "此飛行沒有預約。",
      what:
        "其飛行將在此以未上鎖結束並封存。如再收到該無人機的訊號，會開始新的飛行。" +
        "此操作不能還原。",
      confirm: "結束時段",
      cancel: "保持開啟",
    },
    bind: {
      label: "連繫至預約",
      choose: "選擇預約",
      none: "此場地現時及前後 15 分鐘內沒有可連繫的預約。",
      noneFlown: "此場地沒有可連繫的預約：須與飛行時間相近，而且仍然有效或在過去 15 分鐘內結束。",
      detail: (window: string, organisation: string) => `${window}，${organisation}`,
      button: "連繫…",
      title: (drone: string, booking: string) => `把 ${drone} 連繫至「${booking}」？`,
      what: (organisation: string) =>
        `此後會按該預約監察此飛行，${organisation} 亦可查看。之後可以收回。`,
      whatFlown: (organisation: string) =>
        `此後此飛行屬於該預約，${organisation} 亦可查看。之後可以收回。`,
      notNamed: (drone: string) => `該預約沒有列明 ${drone}。`,
      confirm: "連繫飛行",
      cancel: "保持不變",
    },
    takeBack: {
      byHand: "由管制員連繫至此預約。",
      notNamed: "此預約沒有列明此航空器。",
      button: "收回連繫…",
      title: (drone: string, booking: string) => `把 ${drone} 從「${booking}」移除？`,
      what: "飛行會回復解鎖時的判定，警報亦然。預約會按其餘飛行回復應有的狀態。",
      confirm: "收回連繫",
      cancel: "保持連繫",
    },
  },
});

// What alarms are called, by kind, in both languages. The figures beside them are put together by
// client/control/alarm-text.ts.
import { defineMessages } from "./messages.ts";

export const alarmMessages = defineMessages({
  en: {
    kind: {
      volumeLateral: "Outside the booked volume",
      volumeCeiling: "Above the booked volume",
      volumeFloor: "Below the booked volume",
      operatingArea: "Outside the operating area",
      keepOut: "Inside a keep-out zone",
      heightLimit: "Above the height limit",
      linkLost: "Telemetry lost while armed",
      telemetryLate: "Telemetry late, position not judged",
      positionLost: "No position: the airspace is not watched",
      unbooked: "Armed without a booking",
      wrongDrone: "Drone not named by this booking",
      overrun: "Still armed after the booking’s end",
      duplicateSysid: "Two senders with one system id",
      signatureRefused: "Frames refused: not signed with the drone’s key",
      wrongAutopilot: "Not the registered autopilot",
      linkFlooded: "Flood of messages from one sender",
    },
    priority: { emergency: "Emergency", high: "High", low: "Low" },
    shown: {
      unacknowledged: "Not acknowledged",
      acknowledged: "Acknowledged",
      returnedUnacknowledged: "Over, not acknowledged",
      cleared: "Over",
    },
    /** Between the parts of a sentence. */
    comma: ", ",
    inZone: (what: string, zone: string) => `${what}: ${zone}`,
    withPriority: (priority: string, what: string) => `${priority}: ${what}`,
    /** A drone may have several alarms of one kind, of several zones. */
    group: (drones: number, alarms: number, what: string) => {
      const of = drones === 1 ? "1 drone" : `${drones} drones`;
      return drones === alarms ? `${of}: ${what}` : `${of}, ${alarms} alarms: ${what}`;
    },
    unfoldGroup: (count: number) => `Show all ${count}`,
    foldGroup: "Show fewer",
    beyond: (distance: string) => `${distance} beyond`,
    farthest: (distance: string) => `${distance} at worst`,
    limit: (limit: string) => `limit ${limit}`,
    times: (count: number) => `${count} times`,
    since: (time: string) => `since ${time}`,
    over: (time: string) => `over at ${time}`,
    systemId: (sysid: number) => `system ${sysid}`,
    noBooking: "no booking",
    call: (pilot: string, phone: string) => `Call ${pilot}, ${phone}`,
    callPhone: (phone: string) => `Call ${phone}`,
    noPhone: "No phone number known",
    acknowledgedBy: (name: string, time: string) => `Acknowledged by ${name}, ${time}`,
  },
  zhHant: {
    kind: {
      volumeLateral: "超出預約空域範圍",
      volumeCeiling: "高於預約空域上限",
      volumeFloor: "低於預約空域下限",
      operatingArea: "超出作業範圍",
      keepOut: "進入禁飛區",
      heightLimit: "超過高度限制",
      linkLost: "解鎖後遙測中斷",
      telemetryLate: "遙測延遲，位置未能判斷",
      positionLost: "沒有位置資料：空域未受監察",
      unbooked: "未有預約而解鎖",
      wrongDrone: "無人機不屬此預約",
      overrun: "預約時間已過仍未上鎖",
      duplicateSysid: "同一系統編號有兩個發送端",
      signatureRefused: "訊息被拒收：並非以無人機的密鑰簽署",
      wrongAutopilot: "並非已登記的飛行控制器",
      linkFlooded: "單一發送端發出大量訊息",
    },
    priority: { emergency: "緊急", high: "高", low: "低" },
    shown: {
      unacknowledged: "未確認",
      acknowledged: "已確認",
      returnedUnacknowledged: "已結束，未確認",
      cleared: "已結束",
    },
    comma: "，",
    inZone: (what: string, zone: string) => `${what}：${zone}`,
    withPriority: (priority: string, what: string) => `${priority}：${what}`,
    group: (drones: number, alarms: number, what: string) =>
      drones === alarms
        ? `${drones} 架無人機：${what}`
        : `${drones} 架無人機，${alarms} 個警報：${what}`,
    unfoldGroup: (count: number) => `顯示全部 ${count} 個`,
    foldGroup: "收起",
    beyond: (distance: string) => `超出 ${distance}`,
    farthest: (distance: string) => `最多超出 ${distance}`,
    limit: (limit: string) => `限制：${limit}`,
    times: (count: number) => `共 ${count} 次`,
    since: (time: string) => `由 ${time} 起`,
    over: (time: string) => `於 ${time} 結束`,
    systemId: (sysid: number) => `系統編號 ${sysid}`,
    noBooking: "沒有預約",
    call: (pilot: string, phone: string) => `致電 ${pilot}，${phone}`,
    callPhone: (phone: string) => `致電 ${phone}`,
    noPhone: "沒有電話號碼",
    acknowledgedBy: (name: string, time: string) => `${name} 於 ${time} 確認`,
  },
});

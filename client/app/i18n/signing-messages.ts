// Texts of an aircraft's signing: policy, key, and the key's way to the drone.
import { defineMessages } from "./messages.ts";

export const signingMessages = defineMessages({
  en: {
    column: "Signing",
    open: "Signing…",
    openFor: (name: string) => `Signing of ${name}`,
    title: (name: string) => `MAVLink signing: ${name}`,
    close: "Close",
    policy: "Frames of this drone",
    policyName: {
      required: "Must be signed",
      preferred: "Signed or not",
      off: "Not checked",
    },
    policyHelp: {
      required: "What is not signed with the key is refused, raises an alarm and moves nothing.",
      preferred: "Unsigned frames are believed, wrongly signed ones are refused.",
      off: "Signatures are not looked at, and what we send is not signed.",
    },
    key: "Key",
    noKey: "No key is set.",
    keySet: (when: string, origin: string) => `Set ${when}, ${origin}.`,
    origin: {
      generated: "generated here",
      entered: "entered as digits",
      passphrase: "made of a passphrase",
    },
    keyBefore: "The key before is accepted until the drone uses the new one.",
    frames: "Seen now",
    framesName: {
      verified: "Signed with the key",
      unsigned: "Not signed",
      notChecked: "Heard, not checked",
      refused: "Refused",
      notHeard: "Not heard",
      unknown: "Unknown: the watch is not reached",
    },
    setKey: "Set a key",
    replaceKey: "Replace the key",
    removeKey: "Remove the key…",
    removeTitle: (name: string) => `Remove the key of ${name}?`,
    removeText:
      "It cannot be shown again. Signatures are not checked from then on. " +
      "The drone keeps its key and goes on signing until that is switched off on it.",
    remove: "Remove",
    keep: "Keep it",
    way: "The key is",
    wayName: { generate: "Generated", enter: "64 digits", passphrase: "A passphrase" },
    generatedKey: "New key",
    generatedHelp:
      "Shown this once. Note it in a safe place if another ground station needs it: it cannot be " +
      "read back.",
    hex: "Key",
    hexHelp: "64 hexadecimal digits: 0 to 9, a to f.",
    hexFault: "Enter exactly 64 hexadecimal digits, not all zero.",
    passphrase: "Passphrase",
    passphraseHelp: (min: number) =>
      `At least ${min} characters. Mission Planner and MAVProxy make the same key of it.`,
    passphraseFault: (min: number, max: number) => `Enter ${min} to ${max} characters.`,
    submit: "Set this key",
    cancel: "Cancel",
    send: "Send the key to the drone…",
    sendTitle: (name: string) => `Send the key to ${name}?`,
    sendText:
      "The drone must be on the ground and disarmed. The key goes over its link in clear, as " +
      "MAVLink has it: do this on a link that nobody else hears. Ground stations without the key " +
      "can no longer command the drone.",
    sendNow: "Send the key",
    disable: "Switch signing off on the drone…",
    disableTitle: (name: string) => `Switch signing off on ${name}?`,
    disableText:
      "The drone must be on the ground and disarmed. It then sends unsigned frames and takes " +
      "commands from anybody.",
    disableNow: "Switch off",
    leave: "Leave it",
    whyNot: {
      notHeard: "The drone is not heard: switch it on and connect it.",
      refused: "The drone’s frames are refused: its key is another one. Set the key it has first.",
      armed: "The drone is armed, or has not said that it is not. Disarm it first.",
      required: "To switch signing off, first let frames be signed or not.",
    },
    steps: "How far it is",
    stepSent: (time: string, sends: number) =>
      sends === 1 ? `Sent ${time}` : `Sent ${time}, ${sends} times`,
    stepWaiting: { send: "Waiting for a signed frame…", disable: "Waiting for unsigned frames…" },
    stepDone: {
      send: "The drone signs with the key.",
      disable: "The drone no longer signs.",
    },
    stepNotSeen: {
      send:
        "No frame signed with the key came within 10 s. The drone may have another key, be " +
        "armed, or not support signing. Try again with a direct connection.",
      disable:
        "The drone still signs. It may be armed, or has not heard it. Try again with a direct " +
        "connection.",
    },
  },
  zhHant: {
    column: "簽署",
    open: "簽署…",
    openFor: (name: string) => `「${name}」的簽署`,
    title: (name: string) => `MAVLink 簽署：${name}`,
    close: "關閉",
    policy: "此無人機的訊息",
    policyName: { required: "必須簽署", preferred: "簽署與否均可", off: "不檢查" },
    policyHelp: {
      required: "未以密鑰簽署的訊息會被拒收並發出警報，不會影響任何紀錄。",
      preferred: "接受未簽署的訊息，拒收簽署不符的訊息。",
      off: "不檢查簽署，本系統發出的訊息亦不簽署。",
    },
    key: "密鑰",
    noKey: "尚未設定密鑰。",
    keySet: (when: string, origin: string) => `於 ${when} 設定，${origin}。`,
    origin: { generated: "在此產生", entered: "以數字輸入", passphrase: "由通行短語產生" },
    keyBefore: "在無人機使用新密鑰之前，舊密鑰仍然有效。",
    frames: "目前狀況",
    framesName: {
      verified: "已以密鑰簽署",
      unsigned: "未簽署",
      notChecked: "有訊號，未檢查",
      refused: "被拒收",
      notHeard: "沒有訊號",
      unknown: "不明：未能連接監察程序",
    },
    setKey: "設定密鑰",
    replaceKey: "更換密鑰",
    removeKey: "移除密鑰…",
    removeTitle: (name: string) => `移除「${name}」的密鑰？`,
    removeText:
      "密鑰不能再次顯示。移除後不再檢查簽署。無人機會保留其密鑰並繼續簽署，直至在機上關閉。",
    remove: "移除",
    keep: "保留",
    way: "密鑰來源",
    wayName: { generate: "自動產生", enter: "64 位數字", passphrase: "通行短語" },
    generatedKey: "新密鑰",
    generatedHelp: "只顯示這一次。如其他地面站需要，請記錄於安全的地方：密鑰不能再次讀取。",
    hex: "密鑰",
    hexHelp: "64 個十六進位數字：0 至 9、a 至 f。",
    hexFault: "請輸入剛好 64 個十六進位數字，不可全為零。",
    passphrase: "通行短語",
    passphraseHelp: (min: number) =>
      `最少 ${min} 個字元。Mission Planner 及 MAVProxy 會由此產生相同密鑰。`,
    passphraseFault: (min: number, max: number) => `請輸入 ${min} 至 ${max} 個字元。`,
    submit: "使用此密鑰",
    cancel: "取消",
    send: "將密鑰傳送至無人機…",
    sendTitle: (name: string) => `將密鑰傳送至「${name}」？`,
    sendText:
      "無人機必須在地面並已上鎖。按 MAVLink 規定，密鑰會以明文經鏈路傳送：請在無人能竊聽的" +
      "鏈路上進行。之後沒有密鑰的地面站不能再指揮此無人機。",
    sendNow: "傳送密鑰",
    disable: "在無人機上關閉簽署…",
    disableTitle: (name: string) => `在「${name}」上關閉簽署？`,
    disableText: "無人機必須在地面並已上鎖。之後它會發出未簽署的訊息，並接受任何人的指令。",
    disableNow: "關閉簽署",
    leave: "不變更",
    whyNot: {
      notHeard: "沒有無人機的訊號：請開機並連接。",
      refused: "無人機的訊息被拒收：它使用另一密鑰。請先設定它現有的密鑰。",
      armed: "無人機已解鎖，或未知是否已上鎖。請先上鎖。",
      required: "要關閉簽署，請先改為「簽署與否均可」。",
    },
    steps: "進度",
    stepSent: (time: string, sends: number) =>
      sends === 1 ? `已於 ${time} 傳送` : `已於 ${time} 傳送，共 ${sends} 次`,
    stepWaiting: { send: "等候已簽署的訊息…", disable: "等候未簽署的訊息…" },
    stepDone: { send: "無人機已使用此密鑰簽署。", disable: "無人機已停止簽署。" },
    stepNotSeen: {
      send:
        "10 秒內沒有收到以此密鑰簽署的訊息。無人機可能使用另一密鑰、已解鎖或不支援簽署。" +
        "請直接連接後再試。",
      disable: "無人機仍在簽署。它可能已解鎖，或未收到指令。請直接連接後再試。",
    },
  },
});

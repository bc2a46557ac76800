// The version of everything in contract/wire. A page or process that speaks another one is told
// to reload (page) or is restarted (process), never half understood.

/** Raised with every change of meaning in contract/wire; what old readers may ignore keeps it. */
export const protocolVersion = 3;

// The version of everything in contract/wire. A page or process that speaks another one is told
// to reload (page) or is restarted (process), never half understood.

/** Raised with every change of meaning in contract/wire; additions that old readers may ignore keep it. */
export const protocolVersion = 1;

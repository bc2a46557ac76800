// The demo flights, as the simulator flies them and the demo desk books them. Rounds follow the
// clock, so that the two need not speak: who books whole rounds always books whole flights.

/** A drone's rounds are this long; it is down before the next one begins. */
export const demoRoundMs = 300_000;

/**
 * Which drone flies over which prepared volume, from which pad (geofences/*.geojson). Its rounds
 * begin `roundsAfterMs` after whole multiples of their length since the epoch, UTC: one drone after
 * the other, so that there is something to see whenever somebody comes.
 */
export const demoFlights = [
  { sysid: 101, preparedVolumeId: "vol_demo_1", padId: "res_park_pad_1", roundsAfterMs: 0 },
  { sysid: 102, preparedVolumeId: "vol_demo_2", padId: "res_park_pad_2", roundsAfterMs: 60_000 },
  { sysid: 103, preparedVolumeId: "vol_demo_3", padId: "res_park_pad_3", roundsAfterMs: 120_000 },
] as const;

/** Who books them. */
export const demoFlightsEmail = "demo-flights@demo.invalid";

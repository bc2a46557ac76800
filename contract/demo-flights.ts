// The demo flights, as the simulator flies them and the demo desk books them. Rounds follow the
// clock, so that the two need not speak: who books whole rounds always books whole flights.

/** Every round begins at a whole multiple of this since the epoch, UTC; all land before it ends. */
export const demoRoundMs = 300_000;

/** Which drone flies over which prepared volume, from which pad (geofences/*.geojson). */
export const demoFlights = [
  { sysid: 101, preparedVolumeId: "vol_demo_1", padId: "res_park_pad_1" },
  { sysid: 102, preparedVolumeId: "vol_demo_2", padId: "res_park_pad_2" },
  { sysid: 103, preparedVolumeId: "vol_demo_3", padId: "res_park_pad_3" },
] as const;

/** Who books them. */
export const demoFlightsEmail = "demo-flights@demo.invalid";

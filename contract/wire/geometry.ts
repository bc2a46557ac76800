// Places and outlines as they cross the wire. GeoJSON order (longitude, latitude) lives only
// inside `coordinates`; everywhere else a position is { latDeg, lngDeg }. All WGS84.
import { z } from "zod";

/** Most vertices of one footprint, all rings together (F3548 allows 10,000; no site needs it). */
export const footprintVerticesMax = 1000;
/** Largest circle that can be booked or drawn. */
export const circleRadiusMMax = 20_000;
/** Smallest circle that can be booked: below it the error of a GNSS position is the larger. */
export const bookedRadiusMMin = 5;
/** Smallest polygon that can be booked, about the area of the smallest circle. */
export const bookedAreaM2Min = 75;

export const latDeg = z.number().min(-90).max(90);
export const lngDeg = z.number().min(-180).max(180);

export const positionSchema = z.strictObject({ latDeg, lngDeg });
export type Position = z.infer<typeof positionSchema>;

/** [lngDeg, latDeg] (RFC 7946). No third member: heights stand in bands, with a datum. */
const coordinateSchema = z.tuple([lngDeg, latDeg]);
const ringSchema = z.array(coordinateSchema).min(4).max(footprintVerticesMax);

/** GeoJSON Polygon: first ring outside, others holes, each closed. */
export const polygonSchema = z.strictObject({
  type: z.literal("Polygon"),
  coordinates: z.array(ringSchema).min(1).max(20),
});
export type PolygonGeometry = z.infer<typeof polygonSchema>;

export const circleFootprintSchema = z.strictObject({
  kind: z.literal("circle"),
  centre: positionSchema,
  radiusM: z.number().positive().max(circleRadiusMMax),
});
export const polygonFootprintSchema = z.strictObject({
  kind: z.literal("polygon"),
  polygon: polygonSchema,
});

/** The ground outline of a volume or zone. Edges are straight in longitude and latitude. */
export const footprintSchema = z.discriminatedUnion("kind", [
  circleFootprintSchema,
  polygonFootprintSchema,
]);
export type Footprint = z.infer<typeof footprintSchema>;

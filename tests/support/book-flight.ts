// Books a flight as an operator's own script would: by HTTP, from what the server lists.
import { z } from "zod";
import { aircraftSchema } from "../../contract/wire/aircraft.ts";
import { pilotSchema } from "../../contract/wire/account.ts";
import {
  bookingSchema,
  type Booking,
  type BookingRequestInput,
} from "../../contract/wire/booking.ts";
import { until, type ServerClient } from "./start-server.ts";

export interface FlightWish {
  readonly title: string;
  readonly sysids: readonly number[];
  readonly volume: BookingRequestInput["volumes"][number];
  readonly nowMs: number;
  readonly permissions?: BookingRequestInput["permissions"];
  readonly resourceIds?: readonly string[];
  readonly startsInMs?: number;
  readonly lastsMs?: number;
  readonly siteMayCommand?: boolean;
}

/** The request for a wish: half an hour from in two seconds, at the Pier, from pad 3. */
export async function requestFor(
  operator: ServerClient,
  wish: FlightWish,
): Promise<BookingRequestInput> {
  const aircraft = await list(operator, "/vehicles", "vehicles", aircraftSchema);
  const [pilot] = await list(operator, "/users?role=pilot", "users", pilotSchema);
  if (!pilot) throw new Error("The operator's organisation has no pilot.");
  const startMs = Math.ceil(wish.nowMs + (wish.startsInMs ?? 2_000));
  return {
    siteId: "site_pier",
    title: wish.title,
    purpose: "training",
    startMs,
    endMs: startMs + (wish.lastsMs ?? 1_800_000),
    volumes: [wish.volume],
    aircraftIds: wish.sysids.map((sysid) => {
      const found = aircraft.find((one) => one.sysid === sysid);
      if (!found) throw new Error(`No aircraft of the operator has system id ${String(sysid)}.`);
      return found.id;
    }),
    pilotIds: [pilot.id],
    contactPhone: pilot.phone,
    resourceIds: [...(wish.resourceIds ?? ["res_pier_pad_3"])],
    permissions: [...(wish.permissions ?? [])],
    siteMayCommand: wish.siteMayCommand ?? true,
  };
}

/** Books and waits until ingest judges by the booking. */
export async function bookFlight(operator: ServerClient, wish: FlightWish): Promise<Booking> {
  const answer = await operator.post("/bookings", await requestFor(operator, wish));
  if (answer.status !== 201) throw new Error(`Booking refused: ${JSON.stringify(answer.body)}`);
  const booking = bookingSchema.parse(answer.body);
  let now = booking;
  await until("the booking is in force", async () => {
    now = await readBooking(operator, booking.id);
    return now.inForce;
  });
  return now;
}

export async function readBooking(client: ServerClient, id: string): Promise<Booking> {
  return bookingSchema.parse((await client.get(`/bookings/${id}`)).body);
}

/** Reads a whole list; the tests never have more than one page of anything. */
export async function list<T>(
  client: ServerClient,
  path: string,
  key: string,
  item: z.ZodType<T>,
): Promise<T[]> {
  const { status, body } = await client.get(path);
  if (status !== 200) throw new Error(`${path} was answered ${String(status)}.`);
  return z.array(item).parse(z.record(z.string(), z.unknown()).parse(body)[key]);
}

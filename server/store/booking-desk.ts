// The booking flow's side of the store: reading beside the write lock, writing under it, and the
// guards' refusals as values.
import { holdingStates } from "../../contract/wire/booking.ts";
import { readAnswer } from "./answers.ts";
import type { BookingDesk } from "./booking-desk-port.ts";
import { bookingReading } from "./booking-reading.ts";
import { bookingWriting } from "./booking-writing.ts";
import type { Database } from "./database.ts";
import { guardRefusals } from "./migrations/0001-guards.ts";

/** Thrown inside a transaction to undo it. */
class Undo extends Error {}

function isGuardRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return Object.values(guardRefusals).some((text) => error.message.includes(text));
}

/** Bookings ended at one go; the rest follow with the next. */
const endsMax = 200;

export function createBookingDesk({ read, write }: Database): BookingDesk {
  return {
    ...bookingReading(read),
    async write(work) {
      try {
        return await write.transaction(async (transaction) => {
          const answer = await work(bookingWriting(transaction));
          if (answer === "undo") throw new Undo();
          return answer;
        });
      } catch (error) {
        if (error instanceof Undo) return "undo";
        if (isGuardRefusal(error)) return "refusedByGuard";
        throw error;
      }
    },
    keptAnswer: (key) => readAnswer(read, key),
    async dueForEnd(nowMs) {
      const rows = await read<{ id: string; state: string; end_ms: number }>("booking")
        .whereIn("state", [...holdingStates])
        .where("end_ms", "<=", nowMs)
        .orderBy(["end_ms", "id"])
        .limit(endsMax)
        .select("id");
      return rows.map(({ id }) => id);
    },
    async dropAnswers(beforeMs) {
      await write("idempotency").where("created_at_ms", "<", beforeMs).delete();
    },
  };
}

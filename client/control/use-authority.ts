// Authority over the drone of one session, read again whenever it changes. For the command bar.
import { useEffect } from "react";
import { authoritySchema, type Authority } from "../../contract/wire/authority.ts";
import { useLive } from "../app/live/live-context.ts";
import { useResource, type Resource } from "../app/use-resource.ts";

/** A question for authority lapses by itself: looked at this often. */
const lookEveryMs = 15_000;

/** @param bookingId Another booking has another crew, and another word on who may command. */
export function useAuthority(sessionId: string, bookingId: string | null): Resource<Authority> {
  const turn = useLive((state) => state.authorityTurns.get(sessionId) ?? 0);
  const path = `/authority/${encodeURIComponent(sessionId)}`;
  const resource = useResource(path, authoritySchema, lookEveryMs);
  const { reload } = resource;
  useEffect(() => reload(), [reload, turn, bookingId]);
  return resource;
}

import { expect, test } from "vitest";
import {
  firstPath,
  isControlRoom,
  maySeePage,
  pageNames,
} from "../../../../client/app/page-access.ts";
import { roleSchema } from "../../../../contract/wire/account.ts";

test.each(roleSchema.options)("the first page of the role %s is one of its own", (role) => {
  const page = pageNames.find((name) => firstPath(role) === `/${name}`);
  expect(page !== undefined && maySeePage(role, page)).toBe(true);
});

test("everybody watches drones, a crew its own; management is not for pilots", () => {
  const who = (page: "control" | "manage") =>
    roleSchema.options.filter((role) => maySeePage(role, page));
  expect(who("control")).toEqual(roleSchema.options);
  expect(roleSchema.options.filter(isControlRoom)).toEqual(["controller", "admin"]);
  expect(who("manage")).toEqual(["operator", "admin"]);
});

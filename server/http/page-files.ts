// The built page: its files, and index.html for the addresses of the pages; for all others too, as
// 404: the page then shows its own not-found screen.
// For everybody: the page holds nothing but its own code, and signs in through the API.
import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { Router, type Response } from "express";
import { pageAddresses } from "../../contract/page-addresses.ts";
import { allowAnybody } from "./access.ts";

/** @param folder What `vite build` made: index.html, and assets/ with a hash in every name. */
export function createPageFiles(folder: string): Router {
  const router = Router();
  const index = join(folder, "index.html");
  router.use(
    "/assets",
    express.static(join(folder, "assets"), { immutable: true, maxAge: "1y", index: false }),
    (_request, response) => void response.status(404).type("text").send("No such file.\n"),
  );
  router.use(express.static(folder, { index: false, cacheControl: false }));
  const send = (response: Response, status: 200 | 404): void => {
    response.set("Cache-Control", "no-cache");
    if (existsSync(index)) {
      response.status(status).sendFile(index);
    } else {
      response.status(503).type("text").send("The page is not built: npm start builds it.\n");
    }
  };
  for (const address of pageAddresses) {
    router.get(address, allowAnybody("it is only the page's code"), (_request, response) =>
      send(response, 200),
    );
  }
  router.get("/{*path}", allowAnybody("it is only the page's code"), (_request, response) =>
    send(response, 404),
  );
  return router;
}

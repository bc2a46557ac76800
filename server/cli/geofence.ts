// npm run geofence -- check FILE…
// Validates a site's GeoJSON files and says what is wrong, one line a fault.
import { parseArgs } from "node:util";
import { describeFault, readSiteFiles } from "../store/site-files.ts";

const usage = "npm run geofence -- check FILE…    validate a site's GeoJSON files";

function main(): number {
  const { positionals } = parseArgs({ allowPositionals: true, strict: false });
  const [command, ...files] = positionals;
  if (command !== "check" || files.length === 0) {
    console.error(usage);
    return 1;
  }
  const reading = readSiteFiles(files);
  if (reading.kind === "faults") {
    for (const fault of reading.faults) console.error(describeFault(fault));
    return 1;
  }
  const { sites, resources, preparedVolumes, zones } = reading.content;
  console.log(
    `Good: ${String(sites.length)} sites, ${String(resources.length)} resources, ` +
      `${String(preparedVolumes.length)} prepared volumes, ${String(zones.length)} zones.`,
  );
  return 0;
}

process.exitCode = main();

// npm run geofence -- check FILE…
// Validates a site's GeoJSON files and says what is wrong, one line a fault.
import { parseArgs } from "node:util";
import { describeFault, readSiteFiles, wholeSiteFaults } from "../store/site-files.ts";

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
  const { content } = reading;
  // Files are often checked one by one: what refers to another file is only judged with the sites.
  const faults = content.sites.length > 0 ? wholeSiteFaults(content) : [];
  for (const fault of faults) console.error(describeFault({ file: "together", ...fault }));
  if (faults.length > 0) return 1;
  const { sites, resources, preparedVolumes, zones } = content;
  console.log(
    `Good: ${String(sites.length)} sites, ${String(resources.length)} resources, ` +
      `${String(preparedVolumes.length)} prepared volumes, ${String(zones.length)} zones.`,
  );
  return 0;
}

process.exitCode = main();

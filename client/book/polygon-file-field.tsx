// A flight volume from a GeoJSON file: what is wrong with the file is said point by point.
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { sheetMessages } from "../app/i18n/sheet-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { Button } from "../design/button.tsx";
import { Icon } from "../design/icon.tsx";
import { Notice } from "../design/notice.tsx";
import type { FormPartProps } from "./form-part.ts";
import type { PolygonFileFault } from "./read-polygon-file.ts";
import { polygonFileBytesMax, readPolygonFile } from "./read-polygon-file.ts";

export function PolygonFileField({ form, change, faultOf }: FormPartProps) {
  const text = useText(sheetMessages);
  const [faults, setFaults] = useState<readonly PolygonFileFault[]>([]);
  const read = async (file: File): Promise<void> => {
    // The size is known before reading: a huge file is never loaded.
    const reading =
      file.size > polygonFileBytesMax
        ? {
            kind: "faults" as const,
            faults: [{ kind: "tooLarge" as const, where: `${file.size}` }],
          }
        : readPolygonFile(await file.text());
    setFaults(reading.kind === "faults" ? reading.faults : []);
    change({
      polygon:
        reading.kind === "polygon" ? { fileName: file.name, geometry: reading.geometry } : null,
    });
  };
  const fault = faultOf("polygon");
  const pointCount = form.polygon?.geometry.coordinates.flat().length ?? 0;
  return (
    <div className="form">
      <FileTrigger
        acceptedFileTypes={[".geojson", ".json", "application/geo+json", "application/json"]}
        onSelect={(files) => {
          const file = files?.item(0);
          if (file !== null && file !== undefined) void read(file);
        }}
      >
        <Button>
          <Icon name="upload" />
          {text.sheet.file}
        </Button>
      </FileTrigger>
      <p className="soft">{text.sheet.fileHelp}</p>
      {form.polygon !== null && <p>{text.sheet.fileRead(form.polygon.fileName, pointCount)}</p>}
      {faults.length > 0 && (
        <Notice kind="fault" title={text.fileFault.title}>
          <ul>
            {faults.map(({ kind, where }) => (
              <li key={`${kind} ${where}`}>{text.fileFault[kind](where)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {fault !== undefined && faults.length === 0 && <Notice kind="fault" title={fault} />}
    </div>
  );
}

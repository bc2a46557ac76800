// Draws many short line pieces of a width in pixels in one call: the trails of drone-drawing.ts.
// The graphics card's own lines are one pixel wide; each piece is a thin rectangle instead.
import { createQuads } from "./gl-program.ts";

/** Numbers per piece: x0, y0, x1, y1 (relative to the local origin), opacity. */
export const lineFloats = 5;

const vertexSource = `#version 300 es
layout(location = 0) in vec4 ends;
layout(location = 1) in float opacity;
uniform mat4 matrix;
uniform vec2 viewportPx;
uniform float widthPx;
out float shownOpacity;
void main() {
  vec4 a = matrix * vec4(ends.xy, 0.0, 1.0);
  vec4 b = matrix * vec4(ends.zw, 0.0, 1.0);
  vec2 along = (b.xy / b.w - a.xy / a.w) * viewportPx;
  float span = length(along);
  vec2 unit = span > 0.0 ? along / span : vec2(1.0, 0.0);
  vec2 across = vec2(-unit.y, unit.x) * (float(gl_VertexID & 1) * 2.0 - 1.0);
  vec4 end = gl_VertexID < 2 ? a : b;
  end.xy += across * widthPx / viewportPx * end.w;
  shownOpacity = opacity;
  gl_Position = end;
}`;

const fragmentSource = `#version 300 es
precision mediump float;
in float shownOpacity;
uniform vec3 colour;
out vec4 shown;
void main() {
  shown = vec4(colour * shownOpacity, shownOpacity);
}`;

export interface LineStyle {
  readonly rgb: readonly [number, number, number];
  readonly widthPx: number;
}

export interface LineBatch {
  /** Takes over the first `count` pieces of `pieces`. */
  load(pieces: Float32Array, count: number): void;
  draw(matrix: Float32Array, style: LineStyle): void;
  end(): void;
}

export function createLineBatch(gl: WebGL2RenderingContext): LineBatch {
  const quads = createQuads(gl, vertexSource, fragmentSource, [4, 1]);
  const widthAt = quads.uniform("widthPx");
  const colourAt = quads.uniform("colour");
  return {
    load: (pieces, count) => quads.load(pieces, count),
    draw: (matrix, style) =>
      quads.draw(matrix, () => {
        gl.uniform1f(widthAt, style.widthPx);
        gl.uniform3f(colourAt, ...style.rgb);
      }),
    end: () => quads.end(),
  };
}

// Draws many short line pieces of a width in pixels in one call: the trails of drone-drawing.ts.
// The graphics card's own lines are one pixel wide; each piece is a thin rectangle instead.
import { instanceArray, linkProgram } from "./gl-program.ts";

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
  const program = linkProgram(gl, vertexSource, fragmentSource);
  const buffer = gl.createBuffer();
  const array = instanceArray(gl, buffer, [
    { location: 0, size: 4 },
    { location: 1, size: 1 },
  ]);
  const uniform = (name: string): WebGLUniformLocation | null =>
    gl.getUniformLocation(program, name);
  const matrixAt = uniform("matrix");
  const viewportAt = uniform("viewportPx");
  const widthAt = uniform("widthPx");
  const colourAt = uniform("colour");
  let loaded = 0;
  return {
    load(pieces, count) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, pieces.subarray(0, count * lineFloats), gl.DYNAMIC_DRAW);
      loaded = count;
    },
    draw(matrix, style) {
      if (loaded === 0) return;
      gl.useProgram(program);
      gl.uniformMatrix4fv(matrixAt, false, matrix);
      gl.uniform2f(viewportAt, gl.drawingBufferWidth, gl.drawingBufferHeight);
      gl.uniform1f(widthAt, style.widthPx);
      gl.uniform3f(colourAt, ...style.rgb);
      gl.bindVertexArray(array);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, loaded);
      gl.bindVertexArray(null);
    },
    end() {
      gl.deleteBuffer(buffer);
      gl.deleteVertexArray(array);
      gl.deleteProgram(program);
    },
  };
}

// Draws many small pictures from one texture, each at its place, turned and tinted, in one call.
// Used for drones and their names by drone-drawing.ts.
//
// In the texture red says how much of a pixel is the picture and green how much is its halo, so
// that one white shape serves every colour in both themes.
import { instanceArray, linkProgram } from "./gl-program.ts";

/** Numbers per sprite; see SpriteList.add for what they are. */
const spriteFloats = 14;

const vertexSource = `#version 300 es
layout(location = 0) in vec2 place;
layout(location = 1) in vec2 offsetPx;
layout(location = 2) in vec2 sizePx;
layout(location = 3) in float turnRad;
layout(location = 4) in vec4 cell;
layout(location = 5) in vec3 tint;
uniform mat4 matrix;
uniform vec2 viewportPx;
uniform float pixelRatio;
out vec2 texel;
out vec3 shownTint;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  vec2 fromCentre = (corner - 0.5) * sizePx;
  float c = cos(turnRad);
  float s = sin(turnRad);
  vec2 turned = vec2(fromCentre.x * c - fromCentre.y * s, fromCentre.x * s + fromCentre.y * c);
  vec2 atPx = (turned + offsetPx) * pixelRatio;
  vec4 at = matrix * vec4(place, 0.0, 1.0);
  at.xy += vec2(atPx.x, -atPx.y) * 2.0 / viewportPx * at.w;
  texel = mix(cell.xy, cell.zw, corner);
  shownTint = tint;
  gl_Position = at;
}`;

const fragmentSource = `#version 300 es
precision mediump float;
in vec2 texel;
in vec3 shownTint;
uniform sampler2D atlas;
uniform vec3 halo;
out vec4 shown;
void main() {
  vec4 mask = texture(atlas, texel);
  float cover = min(1.0, mask.r + mask.g);
  shown = vec4(shownTint * mask.r + halo * mask.g, cover);
}`;

/** Part of the texture, from 0 to 1: left, top, right, bottom. */
export type AtlasCell = readonly [number, number, number, number];
export type Rgb = readonly [number, number, number];

export interface Sprite {
  /** Relative to the local origin. */
  readonly x: number;
  readonly y: number;
  /** From there, CSS pixels, y down. */
  readonly offsetPx: readonly [number, number];
  readonly sizePx: readonly [number, number];
  /** Clockwise from upright. */
  readonly turnRad: number;
  readonly cell: AtlasCell;
  readonly tint: Rgb;
}

/** Sprites gathered for one picture; refilled in place. */
export interface SpriteList {
  clear(): void;
  /** Beyond the capacity nothing is added. */
  add(sprite: Sprite): void;
  readonly floats: Float32Array;
  count(): number;
}

export function createSpriteList(capacity: number): SpriteList {
  const floats = new Float32Array(capacity * spriteFloats);
  let count = 0;
  return {
    floats,
    clear: () => void (count = 0),
    count: () => count,
    add({ x, y, offsetPx, sizePx, turnRad, cell, tint }) {
      if (count >= capacity) return;
      floats.set([x, y, ...offsetPx, ...sizePx, turnRad, ...cell, ...tint], count * spriteFloats);
      count += 1;
    },
  };
}

export interface SpriteBatch {
  setAtlas(canvas: HTMLCanvasElement): void;
  load(list: SpriteList): void;
  draw(matrix: Float32Array, halo: Rgb, pixelRatio: number): void;
  end(): void;
}

export function createSpriteBatch(gl: WebGL2RenderingContext): SpriteBatch {
  const program = linkProgram(gl, vertexSource, fragmentSource);
  const buffer = gl.createBuffer();
  const sizes = [2, 2, 2, 1, 4, 3];
  const array = instanceArray(
    gl,
    buffer,
    sizes.map((size, location) => ({ location, size })),
  );
  const texture = gl.createTexture();
  const uniform = (name: string): WebGLUniformLocation | null =>
    gl.getUniformLocation(program, name);
  const matrixAt = uniform("matrix");
  const viewportAt = uniform("viewportPx");
  const ratioAt = uniform("pixelRatio");
  const haloAt = uniform("halo");
  let loaded = 0;
  return {
    setAtlas: (canvas) => loadTexture(gl, texture, canvas),
    load(list) {
      loaded = list.count();
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      const used = list.floats.subarray(0, loaded * spriteFloats);
      gl.bufferData(gl.ARRAY_BUFFER, used, gl.DYNAMIC_DRAW);
    },
    draw(matrix, halo, pixelRatio) {
      if (loaded === 0) return;
      gl.useProgram(program);
      gl.uniformMatrix4fv(matrixAt, false, matrix);
      gl.uniform2f(viewportAt, gl.drawingBufferWidth, gl.drawingBufferHeight);
      gl.uniform1f(ratioAt, pixelRatio);
      gl.uniform3f(haloAt, ...halo);
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.bindVertexArray(array);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, loaded);
      gl.bindVertexArray(null);
    },
    end() {
      gl.deleteBuffer(buffer);
      gl.deleteVertexArray(array);
      gl.deleteTexture(texture);
      gl.deleteProgram(program);
    },
  };
}

/** The engine leaves its own unpack settings behind, so every one that matters is set here. */
function loadTexture(
  gl: WebGL2RenderingContext,
  texture: WebGLTexture,
  canvas: HTMLCanvasElement,
): void {
  gl.activeTexture(gl.TEXTURE0);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
}

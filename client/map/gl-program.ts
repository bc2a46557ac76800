// Many small rectangles drawn with one pair of shaders in one call, four corners each. Used by the
// two batches that draw drones and trails.

export interface Quads {
  uniform(name: string): WebGLUniformLocation | null;
  /** Takes over the first `count` instances of `floats`. */
  load(floats: Float32Array, count: number): void;
  /** Draws what is loaded; `set` sets the batch's own uniforms and textures first. */
  draw(matrix: Float32Array, set: () => void): void;
  end(): void;
}

/** Both shaders get `matrix` and `viewportPx`; `sizes` are the numbers of each field in turn. */
export function createQuads(
  gl: WebGL2RenderingContext,
  vertexSource: string,
  fragmentSource: string,
  sizes: readonly number[],
): Quads {
  const program = linkProgram(gl, vertexSource, fragmentSource);
  const buffer = gl.createBuffer();
  const array = instanceArray(gl, buffer, sizes);
  const floatsEach = sizes.reduce((sum, size) => sum + size, 0);
  const uniform = (name: string): WebGLUniformLocation | null =>
    gl.getUniformLocation(program, name);
  const matrixAt = uniform("matrix");
  const viewportAt = uniform("viewportPx");
  let loaded = 0;
  return {
    uniform,
    load(floats, count) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, floats.subarray(0, count * floatsEach), gl.DYNAMIC_DRAW);
      loaded = count;
    },
    draw(matrix, set) {
      if (loaded === 0) return;
      gl.useProgram(program);
      gl.uniformMatrix4fv(matrixAt, false, matrix);
      gl.uniform2f(viewportAt, gl.drawingBufferWidth, gl.drawingBufferHeight);
      set();
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

/** A fault in a shader is ours, so it is thrown with the driver's own words. */
function linkProgram(
  gl: WebGL2RenderingContext,
  vertexSource: string,
  fragmentSource: string,
): WebGLProgram {
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, vertexSource));
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, fragmentSource));
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) {
    throw new Error(
      `The shaders do not link: ${gl.getProgramInfoLog(program) ?? "no reason given"}`,
    );
  }
  return program;
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (shader === null) throw new Error("The graphics context is lost: no shader can be made.");
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true) {
    throw new Error(
      `A shader does not compile: ${gl.getShaderInfoLog(shader) ?? "no reason given"}`,
    );
  }
  return shader;
}

/** A vertex array over `buffer`: floats, field after field, that move on once an instance. */
function instanceArray(
  gl: WebGL2RenderingContext,
  buffer: WebGLBuffer,
  sizes: readonly number[],
): WebGLVertexArrayObject {
  const strideBytes = 4 * sizes.reduce((sum, size) => sum + size, 0);
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  let offsetBytes = 0;
  for (const [location, size] of sizes.entries()) {
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, strideBytes, offsetBytes);
    gl.vertexAttribDivisor(location, 1);
    offsetBytes += 4 * size;
  }
  gl.bindVertexArray(null);
  return array;
}

// Compiles a pair of shaders. Called by the two batches that draw drones and trails.

/** A fault in a shader is ours, so it is thrown with the driver's own words. */
export function linkProgram(
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

/** One attribute of an instance: its place in the shader and how many numbers it takes. */
export interface InstanceField {
  readonly location: number;
  readonly size: number;
}

/** A vertex array over `buffer`: floats, field after field, that move on once an instance. */
export function instanceArray(
  gl: WebGL2RenderingContext,
  buffer: WebGLBuffer,
  fields: readonly InstanceField[],
): WebGLVertexArrayObject {
  const stride = 4 * fields.reduce((sum, field) => sum + field.size, 0);
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  let offset = 0;
  for (const { location, size } of fields) {
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, stride, offset);
    gl.vertexAttribDivisor(location, 1);
    offset += 4 * size;
  }
  gl.bindVertexArray(null);
  return array;
}

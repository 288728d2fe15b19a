// In the browser: one pass through the chapter's network by the page's own module and by three runtimes, side by side.

const ROUNDS = 25;
const ROUND = 20; // milliseconds that one contender runs before the next has its turn
const WARM = 100; // passes before anything is timed

/** @param {string} source */
function load(source) {
  return new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: source, onload: done, onerror: failed }));
  });
}

/**
 * The network in TensorFlow.js's core operations.
 * @param {any} tf
 * @param {any} network
 */
function inTensorFlow(tf, network) {
  const weights = Object.fromEntries(
    network.layers.filter(({ name }) => network.weights[name]).map(({ name, kind, kernel_size: size, shape }) => {
      const { kernel, bias } = network.weights[name];
      const inputs = kernel.length / bias.length;
      const sizes = kind === "dense" ? [inputs, shape[0]] : [size, size, inputs / size ** 2, bias.length];
      return [name, { kernel: tf.tensor(kernel, sizes), bias: tf.tensor1d(bias) }];
    }),
  );
  const apply = {
    input: (x) => x,
    conv2d: (x, { name, strides, padding }) => tf.add(tf.conv2d(x, weights[name].kernel, strides, padding), weights[name].bias),
    relu: (x) => tf.relu(x),
    max_pool2d: (x, { pool_size: size }) => tf.maxPool(x, size, size, "valid"),
    average_pool2d: (x, { pool_size: size }) => tf.avgPool(x, size, size, "valid"),
    flatten: (x) => tf.reshape(x, [1, -1]),
    dense: (x, { name }) => tf.add(tf.matMul(x, weights[name].kernel), weights[name].bias),
  };
  const layers = network.layers.slice(0, -1);
  return (pixels) =>
    tf.tidy(() => layers.reduce((x, layer) => apply[layer.kind](x, layer), tf.tensor4d(pixels, [1, 28, 28, 1])).dataSync());
}

const MODULES = "/node_modules/";
const CORE = `${MODULES}@tensorflow/tfjs-core/dist/tf-core.min.js`;
const ONNX = `${MODULES}onnxruntime-web/dist/`;
const WASM = ["ort.wasm.min.js", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"];

/** @param {string} backend */
const folderOf = (backend) => `${MODULES}@tensorflow/tfjs-backend-${backend}/dist/`;

/** The files of code that each contender needs; weights are left out, all have the same. */
export const FILES = {
  page: ["/network.min.js"],
  tensorflow_cpu: [CORE, `${folderOf("cpu")}tf-backend-cpu.min.js`],
  tensorflow_wasm: [CORE, `${folderOf("wasm")}tf-backend-wasm.min.js`, `${folderOf("wasm")}tfjs-backend-wasm-simd.wasm`],
  onnx_wasm: WASM.map((part) => `${ONNX}${part}`),
};

/** @type {Record<string, () => Promise<(image: Uint8Array) => any>>} from nothing to a function that scores an image */
const START = {
  async page() {
    const { readNetwork, trace } = await import("/network.js");
    const network = readNetwork(await read("network"));
    const score = network.layers.at(-2).name;
    return (image) => trace(network, image)[score].values;
  },
  tensorflow_cpu: () => tensorFlow("cpu"),
  tensorflow_wasm: () => tensorFlow("wasm"),
  async onnx_wasm() {
    await load(FILES.onnx_wasm[0]);
    ort.env.wasm.wasmPaths = ONNX;
    ort.env.wasm.numThreads = 1; // threads need headers that a static host does not send
    const session = await ort.InferenceSession.create("/network.onnx", { executionProviders: ["wasm"] });
    return async (image) => (await session.run({ image: new ort.Tensor("float32", greys(image), [1, 1, 28, 28]) })).scores.data;
  },
};

/** @param {string} backend */
async function tensorFlow(backend) {
  const { readNetwork } = await import("/network.js");
  if (!globalThis.tf) await load(CORE);
  await load(`${folderOf(backend)}tf-backend-${backend}.min.js`);
  if (backend === "wasm") tf.wasm.setWasmPaths(folderOf(backend));
  await tf.setBackend(backend);
  const forward = inTensorFlow(tf, readNetwork(await read("network")));
  return (image) => forward(greys(image));
}

/** @param {string} name */
const read = async (name) => (await fetch(`/${name}.json`)).json();

/** @param {Uint8Array} image */
const greys = (image) => Float32Array.from(image, (level) => level / 255);

/** The sample images. */
async function samples() {
  const { bytesOf } = await import("/network.js");
  return (await read("digits")).samples.map(({ image }) => bytesOf(image));
}

/**
 * Milliseconds from nothing to the first scores, on a page that has loaded nothing; the network costs no time here.
 * @param {string} name
 */
export async function first(name) {
  const image = new Uint8Array(784).fill(128);
  const start = performance.now();
  const run = await START[name]();
  await run(image);
  return performance.now() - start;
}

/**
 * Milliseconds a pass.
 * @param {(index: number) => any} run
 * @param {number} count images to take in turn
 */
async function round(run, count) {
  const start = performance.now();
  let passes = 0;
  while (performance.now() - start < ROUND) {
    for (let turn = 0; turn < 5; turn += 1, passes += 1) {
      const result = run(passes % count);
      if (result instanceof Promise) await result;
    }
  }
  return (performance.now() - start) / passes;
}

/** The scores of every contender for every sample, and the time of a pass in every round. */
export async function compare() {
  const images = await samples();
  const scores = {};
  const times = {};
  const run = {};
  for (const name in START) {
    run[name] = await START[name]();
    [scores[name], times[name]] = [[], []];
    for (const image of images) scores[name].push([...(await run[name](image))]);
    for (let pass = 0; pass < WARM; pass += 1) await run[name](images[pass % images.length]);
  }
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const name in START) {
      if (name.startsWith("tensorflow_")) await tf.setBackend(name.split("_")[1]);
      times[name].push(await round((index) => run[name](images[index]), images.length));
    }
  }
  return { scores, times };
}

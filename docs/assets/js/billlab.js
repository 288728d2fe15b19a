// Sliders for an image's size, and the exact bill of a first layer for it.

import { convolutionBill, denseBill } from "./bill.js";
import { element } from "./controls.js";
import { buildSlider, buildTeller, standBefore } from "./easel.js";
import { grouped } from "./telling.js";

const SIDES = { min: 8, max: 1000, value: 200 };
const CHANNELS = { min: 1, max: 4, value: 3 };
const USUAL = { filters: 8, kernel_size: 3, strides: 1, padding: "valid" };

/**
 * @param {HTMLElement} figure
 * @param {any} data chapter-data.js
 */
export function mountBillLab(figure, data) {
  const convolution = data.network.layers.find((/** @type {any} */ layer) => layer.kind === "conv2d") ?? USUAL;
  const teller = buildTeller();
  const cells = ["dense parameters", "convolution parameters", "dense multiplications", "convolution multiplications"].map(
    () => element("td", "bill__count"),
  );
  const shape = element("p", "lab__label");
  const side = buildSlider("Height and width", { ...SIDES, min: Math.max(SIDES.min, convolution.kernel_size) }, show);
  const channels = buildSlider("Channels", CHANNELS, show);
  const head = ["", "dense, one neuron per input", `convolution, ${convolution.filters} kernels`].map((text, index) => {
    const cell = element(index ? "th" : "td", "bill__head", text);
    if (index) cell.setAttribute("scope", "col");
    return cell;
  });
  const rows = ["parameters", "multiplications"].map((text, index) => {
    const name = element("th", "bill__name", text);
    name.setAttribute("scope", "row");
    return element("tr", "", name, cells[2 * index], cells[2 * index + 1]);
  });
  const table = element("table", "bill", element("thead", "", element("tr", "", ...head)), element("tbody", "", ...rows));
  const controls = element("div", "lab__controls", side.root, channels.root);
  const frame = element("div", "bill__frame", table);
  Object.assign(frame, { tabIndex: 0, role: "group", ariaLabel: "The bill" }); // it scrolls sideways on phones
  const lab = element("div", "lab", controls, shape, frame, teller.root);

  function show() {
    const [size, depth] = [Number(side.input.value), Number(channels.input.value)];
    const bills = [denseBill(size, depth), convolutionBill(size, depth, convolution)];
    const counts = [...bills.map((one) => one.parameters), ...bills.map((one) => one.multiplications)];
    counts.forEach((count, index) => (cells[index].textContent = grouped(count)));
    shape.textContent = `An image of ${size} × ${size} × ${depth}`;
    teller.say(
      `${shape.textContent}. Dense: ${cells[0].textContent} parameters. Convolution: ${cells[1].textContent} parameters.`,
    );
  }

  return standBefore(figure, lab, show, teller);
}

// Whether a row of figures, taken at equal times, stays where it is.

const SHARE = 0.05; // of the mean: growth within it is none

// Least squares: what the values grow by from one to the next.
export function slope(values) {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [product, square] = [0, 0];
  values.forEach((value, i) => {
    product += (i - middle) * (value - mean);
    square += (i - middle) ** 2;
  });
  return square > 0 ? product / square : 0;
}

// How far that may be off by chance: the standard error of the slope.
function doubt(values, perStep) {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [rest, square] = [0, 0];
  values.forEach((value, i) => {
    rest += (value - mean - perStep * (i - middle)) ** 2;
    square += (i - middle) ** 2;
  });
  return values.length > 2 ? Math.sqrt(rest / (values.length - 2) / square) : 0;
}

// Flat: the line through the values rises by at most 5 % of their mean, or by `least` where
// that is more, from the first to the last, twice its standard error taken off.
export function isFlat(values, least) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const perStep = slope(values);
  const steps = values.length - 1;
  const sure = (perStep - 2 * doubt(values, perStep)) * steps;
  return { mean, growth: perStep * steps, isFlat: steps > 0 && sure <= Math.max(SHARE * mean, least) };
}

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

// Flat: the line through the values rises by at most 5 % of their mean, or by `least` where
// that is more, from the first to the last.
export function isFlat(values, least) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const growth = slope(values) * (values.length - 1);
  return { mean, growth, isFlat: values.length > 1 && growth <= Math.max(SHARE * mean, least) };
}

const number = new Intl.NumberFormat('en-GB');
/** A number of rows; where they were counted no further, it says that there are more. */
export const countText = (count: number, capped = false): string => `${number.format(count)}${capped ? '+' : ''}`;

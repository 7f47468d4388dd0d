/** How often an event may be refused before it is a dead letter: kept with its problem, and told to nobody any more. */
export const deliveryAttemptsMax = 20;

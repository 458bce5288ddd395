export const scoreAddress = (person: string, month: string): string =>
  `/console/scores/${encodeURIComponent(person)}?month=${month}`

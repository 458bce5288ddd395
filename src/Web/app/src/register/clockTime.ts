/** A moment as the resident's phone shows it: 2026-11-26 09:30. */
export function clockTime(at: string): string {
  const time = new Date(at)
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`
}

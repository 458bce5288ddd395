/** Two short tones, made by the browser itself. */
const tones = [
  { frequency: 660, at: 0 },
  { frequency: 880, at: 0.16 },
]
const alarmTones = [
  { frequency: 660, at: 0 },
  { frequency: 494, at: 0.16 },
]
const lasts = 0.35
const atMostEvery = 3000

let context: AudioContext | null = null
let playedAt = -Infinity

/** A browser plays nothing before somebody has touched the page. The first touch makes it possible. */
export function prepareChime(): void {
  const prepare = () => {
    context ??= 'AudioContext' in window ? new AudioContext() : null
    void context?.resume()
  }
  for (const event of ['pointerdown', 'keydown']) window.addEventListener(event, prepare, { once: true, passive: true })
}

/** Plays the tones, at most once in three seconds: a burst of news is one sound. For an alarm they fall. */
export function chime(kind: 'arrival' | 'alarm' = 'arrival'): void {
  if (!context || context.state !== 'running' || Date.now() - playedAt < atMostEvery) return
  playedAt = Date.now()
  for (const { frequency, at } of kind === 'alarm' ? alarmTones : tones) {
    const start = context.currentTime + at
    const gain = new GainNode(context, { gain: 0 })
    const tone = new OscillatorNode(context, { frequency })
    gain.gain.setValueAtTime(0.0001, start)
    gain.gain.exponentialRampToValueAtTime(0.25, start + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.0001, start + lasts)
    tone.connect(gain).connect(context.destination)
    tone.start(start)
    tone.stop(start + lasts)
  }
}

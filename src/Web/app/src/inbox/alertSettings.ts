import { reactive, watch } from 'vue'

/** The ways in which new work makes itself noticed. Each can be switched off. */
export interface AlertSettings {
  sound: boolean
  notification: boolean
  badge: boolean
  /** Also when a clock of one's own cases warns or runs out. */
  clocks: boolean
}

const name = 'gridactors.alerts'

function read(): AlertSettings {
  const all = { sound: true, notification: true, badge: true, clocks: true }
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? '{}') as Record<string, unknown>
    for (const key of Object.keys(all) as (keyof AlertSettings)[]) all[key] = kept[key] !== false
  } catch {
    // What is stored can't be read: everything is on.
  }
  return all
}

export const alertSettings = reactive(read())
watch(alertSettings, (value) => localStorage.setItem(name, JSON.stringify(value)))

import { defineStore } from 'pinia'
import { ref } from 'vue'

export type ListName = 'all' | 'visits' | 'lapses'

/** What was looked for, kept while a card is open: whoever comes back stands where they were. It is personal, so no address has it. */
export const useListView = defineStore('own-households-view', () => ({
  text: ref(''),
  list: ref<ListName>('all'),
}))

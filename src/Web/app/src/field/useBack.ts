import { useRouter } from 'vue-router'

/** Goes to the previous page. A page that was opened by a link has none, so it leads to today's to-dos. */
export function useBack(): () => void {
  const router = useRouter()
  return () => {
    if (window.history.state?.back) router.back()
    else void router.replace({ name: 'today' })
  }
}

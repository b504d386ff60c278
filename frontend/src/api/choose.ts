// Which archive stands behind the window.
import type { Api } from './api'

/**
 * The Go program; or the archive in memory, in a build made with --mode fake
 * and under `vite dev` when no Go program serves the page. Other builds do not
 * contain it: the condition is false when they are made.
 */
export async function chooseApi(): Promise<Api> {
  if (import.meta.env.MODE === 'fake' || (import.meta.env.DEV && !('go' in window))) {
    const { fakeFromAddress } = await import('./fake-address')
    return fakeFromAddress(location.search)
  }
  const { wailsApi } = await import('./wails')
  return wailsApi()
}

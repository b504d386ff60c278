// One archive has one user at a time: a second copy says so and touches nothing.
import { List } from './list.ts'
import { expect, test } from './test.ts'

test('a second copy on the same archive says that it is in use', async ({ openPage, openWindow, page, home }) => {
  await home.command('sync', '--no-passphrase', '--photos-for', '0s', '--demo', '--sessions', '200')
  await openPage()
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(200)

  const command = await home.command('--json', 'search', 'nin')
  expect(command.code).toBe(4)
  expect(JSON.parse(command.stderr)).toMatchObject({ error: { message: expect.stringContaining('in use') } })

  if (process.platform === 'linux') {
    const second = await openWindow()
    await second.until(`document.body.textContent.includes('in use')`)
  }
  await list.search.fill('nin')
  await expect.poll(() => list.total()).toBe((await list.find('nin')).length)
})

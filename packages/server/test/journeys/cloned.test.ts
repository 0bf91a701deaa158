import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const vendorKey = 'a vendor key of the tests, long enough as well'
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A database that outlives the programs that open it. */
function lasting(url: string): TestDatabase {
  const [sqlite] = testDatabases(['sqlite'])
  return {
    ...sqlite!,
    open: async () => {
      const opened = await sqlite!.open()
      return { ...opened, url }
    },
  }
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'muster-clone-'))
  closers.push(() => rm(path, { recursive: true, force: true }))
  return path
}

async function start(url: string, more: Readonly<Record<string, string>> = {}): Promise<OpenMuster> {
  const quick = { SIMULATED_VENDOR_MIN_LATENCY_MS: '1', SIMULATED_VENDOR_MAX_LATENCY_MS: '5' }
  const muster = await openMuster(lasting(url), { ...quick, VENDOR_KEY: vendorKey, ...more })
  closers.push(muster.stop)
  return muster
}

async function shopIn(muster: OpenMuster): Promise<{ readonly shop: Client; launch(): Promise<string> }> {
  const shop = await muster.register()
  const customers = Array.from({ length: 5 }, (_, index) => ({ email: `p${index}@example.org`, name: 'P' }))
  await shop.post('/api/customers/bulk', { customers })
  return {
    shop,
    launch: async () => {
      const id = (await shop.post('/api/campaigns', { name: 'A', rules: { everyone: true } })).text('id')
      expect((await shop.post(`/api/campaigns/${id}/launch`, { message: 'Hello' })).status).toBe(200)
      return id
    },
  }
}

const sentOf = async (shop: Client, id: string) =>
  (await shop.get(`/api/campaigns/${id}`)).number('data.campaign.deliveryStats.sent')
const ready = async ({ anyone }: OpenMuster) => {
  const answer = await anyone.get('/ready')
  return [answer.status, answer.text('status')]
}
const confirm = ({ anyone }: OpenMuster, key = vendorKey) =>
  anyone.post('/api/vendor/instance/confirm', undefined, { 'x-vendor-key': key })
const stateOf = async ({ anyone }: OpenMuster) =>
  (await anyone.get('/api/vendor/instance', { 'x-vendor-key': vendorKey })).text('data.state')

describe('an installation', () => {
  it('keeps its name beside its database, and is the same after a restart', async () => {
    const path = join(await folder(), 'muster.sqlite')
    const first = await start(`sqlite:${path}`)
    expect([await stateOf(first), await ready(first)]).toEqual(['ours', [200, 'READY']])
    const name = await readFile(`${path}.instance`, 'utf8')
    await closers.pop()?.()
    expect(await stateOf(await start(`sqlite:${path}`))).toBe('ours')
    expect(await readFile(`${path}.instance`, 'utf8')).toBe(name)
  })

  it('has one name, however many programs open a new database at once', async () => {
    const path = join(await folder(), 'muster.sqlite')
    const several = await Promise.all([start(`sqlite:${path}`), start(`sqlite:${path}`), start(`sqlite:${path}`)])
    expect(await Promise.all(several.map(stateOf))).toEqual(['ours', 'ours', 'ours'])
  })

  it('sends nothing from a copied database until its operator confirms', async () => {
    const [here, there] = [join(await folder(), 'muster.sqlite'), join(await folder(), 'copy.sqlite')]
    await start(`sqlite:${here}`)
    await closers.pop()?.()
    await copyFile(here, there)
    const clone = await start(`sqlite:${there}`)
    expect([await stateOf(clone), await ready(clone)]).toEqual(['foreign', [503, 'INSTANCE_UNCONFIRMED']])
    const { shop, launch } = await shopIn(clone)
    const id = await launch()
    expect((await confirm(clone, 'guess')).status).toBe(403)
    const pending = await shop.get(`/api/campaigns/${id}`)
    expect(pending.number('data.campaign.deliveryStats.byStatus.PENDING')).toBe(5)
    expect(clone.logged()).toContain('foreign-instance')
    expect((await confirm(clone)).status).toBe(200)
    expect([await stateOf(clone), await ready(clone)]).toEqual(['ours', [200, 'READY']])
    await expect.poll(() => sentOf(shop, id), { timeout: 20_000 }).toBe(5)
    // The original is untouched by it, and the copy stays what it has become.
    expect(await readFile(`${there}.instance`, 'utf8')).not.toBe(await readFile(`${here}.instance`, 'utf8'))
  })

  it('may be named from outside, where there is no file to keep a name in', async () => {
    const path = join(await folder(), 'muster.sqlite')
    const name = { MUSTER_INSTANCE_ID: `shop-${randomUUID()}` }
    expect(await stateOf(await start(`sqlite:${path}`, name))).toBe('ours')
    await closers.pop()?.()
    const other = await start(`sqlite:${path}`, { MUSTER_INSTANCE_ID: 'another-shop' })
    expect(await stateOf(other)).toBe('foreign')
    await confirm(other)
    expect(await stateOf(other)).toBe('ours')
    await closers.pop()?.()
    expect(await stateOf(await start(`sqlite:${path}`, name))).toBe('foreign')
  })
})

for (const database of testDatabases(['mariadb'])) {
  describe.skipIf(database.missing)('an installation on a server of its own', () => {
    it('is not checked without a name, and checked with one', async () => {
      const muster = await openMuster(database)
      closers.push(muster.stop)
      expect([await stateOf(muster), await ready(muster)]).toEqual(['unchecked', [200, 'READY']])
      const named = await openMuster(database, { MUSTER_INSTANCE_ID: 'shop-1' })
      closers.push(named.stop)
      expect(await stateOf(named)).toBe('ours')
    })
  })
}

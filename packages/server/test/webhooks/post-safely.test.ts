import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { addressFault, createPost } from '../../src/webhooks/post-safely.ts'
import { isPublicAddress } from '../../src/webhooks/public-address.ts'

describe('an address that users give', () => {
  const strict = { allowsPrivate: false }

  it.each([
    'http://shop.example/hooks',
    'ftp://shop.example',
    'https://user:secret@shop.example',
    'https://shop.example:22/',
    'https://shop.example:6379/',
    'https://127.0.0.1/',
    'https://0177.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://127.1/',
    'https://0.0.0.0/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://198.18.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[fe80::1]/',
    'https://[fc00::1]/',
    'https://[2002:7f00:1::]/',
    'https://[64:ff9b::7f00:1]/',
    'not an address',
    '',
  ])('%j is refused', (url) => {
    expect(addressFault(url, strict)).not.toBeNull()
  })

  it.each(['https://shop.example/hooks', 'https://shop.example:8443/x?y=z', 'https://93.184.216.34/'])(
    '%j is taken',
    (url) => {
      expect(addressFault(url, strict)).toBeNull()
    },
  )

  it.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
    ['10.1.2.3', false],
    ['::ffff:10.1.2.3', false],
    ['nonsense', false],
  ])('%s is public: %j', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected)
  })
})

describe('a post', () => {
  it('is not sent to a name that leads to this machine, whatever the name says', async () => {
    const post = createPost({ allowsPrivate: false })
    const answer = await post('https://localhost/hooks', '{}', {})
    expect(answer).toEqual({ failure: 'The address does not lead to the public internet' })
  })

  it('does not follow a redirect, and says what was answered', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked++
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const post = createPost({ allowsPrivate: true })
    expect(await post(`http://127.0.0.1:${port}/`, '{}', {})).toEqual({ status: 302 })
    expect(asked).toBe(1)
    await new Promise((resolve) => server.close(resolve))
    expect(await post(`http://127.0.0.1:${port}/`, '{}', {})).toEqual({ failure: 'The connection was refused' })
  })
})

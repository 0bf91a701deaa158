import { describe, expect, it } from 'vitest'
import { checkerOf, inspectorOf } from '../../src/http/checker-of.ts'

const inspect = inspectorOf<{ name: string }>({
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string', trimmed: true, minLength: 1, maxLength: 5 },
    kind: { enum: ['a', 'b', null] },
    list: {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: { type: 'object', properties: { price: { type: 'number', minimum: 1, format: 'cents' } } },
    },
  },
})

const faults = (value: unknown) => {
  const answer = inspect(value)
  return answer.ok ? [] : answer.faults.map(({ path, message }) => `${path} ${message}`)
}

describe('faults of a body', () => {
  it.each([
    [{ name: 'x' }, []],
    [undefined, [' Please send a JSON body']],
    [null, [' The body must be an object']],
    [{}, ['/name "name" is required']],
    [{ name: '   ' }, ['/name "name" must not be empty']],
    [{ name: 'abcdef' }, ['/name "name" must have at most 5 characters']],
    [{ name: 3 }, ['/name "name" must be a text']],
    [{ name: 'x', kind: 'c' }, ['/kind "kind" must be one of a, b']],
    [{ name: 'x', 'a/b': 1 }, ['/a~1b "a~1b" is not a known field']],
    [{ name: 'x', list: [] }, ['/list "list" must not be empty']],
    [{ name: 'x', list: [1] }, ['/list/0 entry 1 of "list" must be an object']],
    [{ name: 'x', list: [{}, { price: 0.5 }] }, ['/list/1/price "price" of entry 2 of "list" must be at least 1']],
    [
      { name: 'x', list: [{ price: 1.999 }] },
      ['/list/0/price "price" of entry 1 of "list" must have at most two decimals'],
    ],
  ])('%j', (value, expected) => {
    expect(faults(value)).toEqual(expected)
  })

  it('trims before it measures, and hands the trimmed text on', () => {
    const check = checkerOf<{ name: string }>({
      type: 'object',
      properties: { name: { type: 'string', trimmed: true, maxLength: 3 } },
    })
    expect(check({ name: '  abc  ' })).toEqual({ name: 'abc' })
  })
})

import { describe, expect, it } from 'vitest'
import type { Answer, LanguageModel, Question } from '../../src/asking/language-model.ts'
import { checkTold, filledIn } from '../../src/telling/check-told.ts'
import { type TellingRequest, tellFigures } from '../../src/telling/tell-figures.ts'

const request: TellingRequest = {
  subject: 'how a campaign went',
  figures: [
    { name: 'audience', means: 'people in the audience', shown: '1,204' },
    { name: 'deliveryRate', means: 'share that arrived', shown: '96.2 %' },
  ],
  remarks: ['No message failed.', 'Most receipts are in.'],
  plain: 'Of 1,204 people 96.2 % were reached.',
}

/** A model that gives these answers, one after the other. */
function modelOf(...answers: readonly (string | Answer)[]): { model: LanguageModel; asked: Question[] } {
  const asked: Question[] = []
  const model: LanguageModel = {
    name: 'anthropic',
    ask: async (question) => {
      const answer = answers[asked.push(question) - 1] ?? ''
      return typeof answer === 'string' ? { ok: true, text: answer } : answer
    },
  }
  return { model, asked }
}

const deadline = () => new AbortController().signal
const told = (text: string) => JSON.stringify({ text })
const good = 'The campaign reached {audience} people; {deliveryRate} of what ended arrived. No message failed.'

describe('what a model may say', () => {
  it.each([
    [good, 0],
    ['Most receipts are in for {audience} people.', 0],
    ['', 2],
    ['The campaign went well.', 1],
    ['It reached 1204 people, that is {audience}.', 1],
    ['It reached ② people of {audience}.', 1],
    ['It reached ١٢ people of {audience}.', 1],
    ['It reached {people}.', 1],
    ['It reached {{ audience }}.', 2],
    ['Half of {audience} opened it.', 1],
    ['Twelve of {audience} opened it.', 1],
    ['{audience} people, the best campaign.', 1],
    ['{audience} people; {deliveryRate} improved.', 1],
    ['{audience} people. **Great**', 1],
    ['{audience} people: see www.example.org', 1],
    [`{audience} ${'word '.repeat(200)}`, 1],
  ])('%j has %i faults', (text, faults) => {
    expect(checkTold(text, request.figures, request.remarks)).toHaveLength(faults)
  })

  it('fills every figure in, as it is shown', () => {
    expect(filledIn(good, request.figures)).toBe(
      'The campaign reached 1,204 people; 96.2 % of what ended arrived. No message failed.',
    )
  })
})

describe('telling', () => {
  it('gives a model no number', async () => {
    const { model, asked } = modelOf(told(good))
    const { text, source } = await tellFigures(request, { models: [model], deadline })
    expect(source).toBe('anthropic')
    expect(text).toContain('1,204')
    expect(JSON.stringify(asked[0]?.turns)).not.toMatch(/1,204|96\.2|Of 1/)
  })

  it('says once more what is wrong, and shows the repaired text', async () => {
    const { model, asked } = modelOf(told('It reached 9 of {audience}.'), told(good))
    expect((await tellFigures(request, { models: [model], deadline })).source).toBe('anthropic')
    expect(asked[1]?.turns.at(-1)?.text).toContain('every number must be a placeholder')
  })

  it.each([
    ['twice wrong', [told('9 {audience}'), told('10 {audience}')], 'INVALID_TEXT'],
    ['no JSON', ['Well done!', 'Really!'], 'INVALID_TEXT'],
    ['out of reach', [{ ok: false, failure: 'UNAVAILABLE' }], 'UNAVAILABLE'],
    ['out of allowance', [{ ok: false, failure: 'LIMITED' }], 'LIMITED'],
  ] as const)('keeps to the plain text when the model is %s, and says so', async (_name, answers, outcome) => {
    const { model } = modelOf(...answers)
    expect(await tellFigures(request, { models: [model], deadline })).toEqual({
      text: request.plain,
      source: 'composed',
      asked: [{ model: 'anthropic', outcome }],
    })
  })

  it('asks the next model when one fails, and none without models', async () => {
    const [broken, sound] = [modelOf({ ok: false, failure: 'UNAVAILABLE' }), modelOf(told(good))]
    const { asked } = await tellFigures(request, { models: [broken.model, sound.model], deadline })
    expect(asked.map(({ outcome }) => outcome)).toEqual(['UNAVAILABLE', 'WRITTEN'])
    expect(await tellFigures(request, { models: [], deadline })).toMatchObject({ source: 'composed', asked: [] })
  })

  it('ends with the caller', async () => {
    const silent: LanguageModel = { name: 'gemini', ask: () => new Promise(() => {}) }
    const answer = await tellFigures(request, { models: [silent], deadline, signal: AbortSignal.abort() })
    expect(answer.asked).toEqual([{ model: 'gemini', outcome: 'TIMED_OUT' }])
  })
})

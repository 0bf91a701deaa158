import type { EnglishVocabulary, Rule } from '@muster/segment-core'

const notCancelled: Rule = { field: 'status', operator: '!=', value: 'CANCELLED' }
const completed: Rule = { field: 'status', operator: '=', value: 'COMPLETED' }

const message = {
  kind: 'named',
  name: 'campaignName',
  nouns: ['campaign', 'mailing'],
  anything: ['message', 'email', 'e-mail', 'mail'],
} as const
const link = { ...message, anything: [...message.anything, 'link'] } as const

/**
 * How people speak of the CRM's customers. To teach the reader a phrase, add it here: a verb to its activity, a name
 * to its field, a whole statement to `sayings`, a word of the trade whose meaning is a convention to `glossary`.
 */
export const crmEnglish: EnglishVocabulary = {
  audience: [
    'customer',
    'client',
    'user',
    ['person', 'people'],
    'shopper',
    'contact',
    'member',
    'profile',
    'account',
    'buyer',
    'consumer',
    'costumer',
    'cust',
    ['ppl', 'ppl'],
    ['folk', 'folks'],
  ],
  names: {
    id: ['customer id', 'client id'],
    name: ['full name', 'customer name', 'named'],
    phone: ['contact number', 'cell phone', 'cell number', 'phone no', 'mobile no'],
    createdAt: ['customers since', 'member since', 'members since', 'client since', 'clients since', 'user since'],
    tags: ['tagged', 'labelled', 'labeled', 'marked'],
    emailConsent: ['consent to email', 'permission to email', 'consent for email', 'email permission', 'email opt-in'],
    totalSpending: ['total amount spent', 'amount spent', 'lifetime spending', 'overall spend', 'overall spending'],
    orderCount: ['total orders', 'total number of orders', 'number of purchases', 'total purchases', 'orders placed'],
    visitCount: ['total visits', 'total number of visits', 'visits made'],
  },
  activities: {
    ordering: {
      verbs: ['order', 'purchase', 'shop', ['buy', 'bought']],
      nouns: ['order', 'purchase'],
      count: 'orderCount',
      records: { of: 'orders', where: notCancelled, date: 'createdAt', amount: 'total', status: 'status' },
      worth: 'spending',
      objects: {
        kind: 'contents',
        of: 'items',
        category: 'category',
        names: ['productName'],
        verbs: ['order', 'purchase', 'buy'],
        anything: ['product', 'item', 'article', 'good', 'thing', 'anything', 'something', 'stuff'],
      },
    },
    visiting: {
      verbs: ['visit', ['come', 'came', 'come'], ['see', 'saw', 'seen'], 'drop in', 'drop by', 'stop by'],
      nouns: ['visit'],
      count: 'visitCount',
      date: 'lastVisit',
      repeats: true,
    },
    joining: {
      verbs: [
        'join',
        'sign up',
        'register',
        ['become a customer', 'became a customer', 'become a customer'],
        'enrol',
        'enroll',
      ],
      date: 'createdAt',
    },
    beingBorn: {
      verbs: [['bear', 'bore', 'born']],
      date: 'birthday',
    },
    sending: {
      verbs: [['send', 'sent']],
      records: { of: 'messages', date: 'sentAt' },
      objects: { ...message, needed: true },
    },
    mailing: {
      verbs: [
        ['emailed', 'emailed'],
        ['messaged', 'messaged'],
      ],
      records: { of: 'messages', date: 'sentAt' },
    },
    receiving: {
      verbs: ['receive', ['get', 'got']],
      records: { of: 'messages', date: 'deliveredAt' },
      objects: { ...message, needed: true },
    },
    opening: {
      verbs: ['open'],
      records: { of: 'messages', date: 'openedAt' },
      objects: message,
    },
    clicking: {
      verbs: ['click', 'click on', 'click through', 'click through on'],
      records: { of: 'messages', date: 'clickedAt' },
      objects: link,
    },
  },
  measures: {
    spending: {
      verbs: [['spend', 'spent']],
      nouns: ['spending', 'spend', 'revenue'],
      field: 'totalSpending',
      records: { of: 'orders', aggregate: 'sum', field: 'total', where: completed, date: 'createdAt' },
    },
    averageOrder: {
      nouns: [
        'average order value',
        'average order',
        'average order size',
        'average order amount',
        'average spend per order',
        'average spending per order',
        'avg order value',
        'aov',
      ],
      records: { of: 'orders', aggregate: 'avg', field: 'total', where: completed, date: 'createdAt' },
    },
  },
  sayings: [
    { words: ['untagged'], means: { field: 'tags', operator: 'isNotSet' } },
    {
      words: [
        'subscribed',
        'subscribe',
        'subscribe to email',
        'subscribe to marketing',
        'subscriber',
        'subscribed to email',
        'subscribed to marketing',
        'subscribed to our email',
        'email subscriber',
        'opted in',
        'opted into email',
        'opted in to email',
        'opted in for email',
        'opted in to marketing',
        'opted into marketing',
        'opt in',
        'opt in to email',
        'opt in to marketing',
        'opt into email',
        'accept marketing',
        'accepts marketing',
        'accepted marketing',
        'accept marketing emails',
        'accepts marketing emails',
        'accept marketing messages',
        'agreed to receive emails',
        'agreed to receive marketing',
        'agreed to receive marketing emails',
        'want to receive emails',
        'accept email',
        'accepts email',
        'agreed to email',
        'agreed to marketing',
        'consented',
        'consented to email',
        'consented to marketing',
      ],
      means: { field: 'emailConsent', operator: '=', value: true },
    },
    {
      words: [
        'unsubscribed',
        'unsubscribe',
        'unsubscribed from email',
        'unsubscribed from marketing',
        'opted out',
        'opted out of email',
        'opted out of marketing',
        'opted out from email',
        'opt out',
        'opt out of email',
        'opt out of marketing',
      ],
      means: { field: 'emailConsent', operator: '=', value: false },
    },
  ],
  glossary: [
    {
      words: ['one-time', 'first-time', 'one time', 'first time'],
      means: { field: 'orderCount', operator: '=', value: 1 },
    },
    { words: ['repeat', 'returning'], means: { field: 'orderCount', operator: '>=', value: 2 } },
    { words: ['loyal', 'frequent'], means: { field: 'orderCount', operator: '>=', value: 5 } },
    { words: ['new', 'brand new'], means: { field: 'createdAt', operator: 'withinLast', value: { days: 30 } } },
    { words: ['active'], means: { field: 'lastVisit', operator: 'withinLast', value: { days: 30 } } },
    {
      words: ['inactive', 'dormant', 'lapsed', 'churned'],
      means: { field: 'lastVisit', operator: 'notWithinLast', value: { days: 90 } },
    },
    {
      words: ['at-risk', 'at risk'],
      means: {
        logic: 'AND',
        conditions: [
          { field: 'orderCount', operator: '>=', value: 2 },
          { field: 'lastVisit', operator: 'notWithinLast', value: { days: 60 } },
        ],
      },
    },
    {
      words: [
        'high-value',
        'high value',
        'vip',
        'v.i.p.',
        'big spender',
        'top spender',
        'high spender',
        'high spending',
      ],
      means: { field: 'totalSpending', operator: '>=', value: 10000 },
    },
  ],
  places: ['city', 'state', 'country'],
  anniversaries: ['birthday'],
  recently: { days: 30 },
}

import { type Catalog, defineCatalog } from '@muster/segment-core'
import type { KnownValues } from '../../src/reading/known-values.ts'

/** A gym's members: another business, with other words, for the same reader. */
export const gym: Catalog = defineCatalog({
  root: 'members',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  entities: {
    members: {
      table: 'members',
      primaryKey: 'id',
      label: { one: 'member', many: 'members' },
      fields: {
        name: { type: 'text', column: 'name', required: true },
        email: { type: 'text', column: 'email', synonyms: ['email address'] },
        town: { type: 'text', column: 'town', synonyms: ['city'] },
        plan: {
          type: 'enum',
          column: 'plan',
          values: ['BASIC', 'PREMIUM', 'STUDENT'],
          words: { PREMIUM: ['premium'], STUDENT: ['student', 'students'] },
          label: 'plan',
          synonyms: ['membership'],
        },
        goals: {
          type: 'tags',
          table: 'goals',
          ownerColumn: 'member_id',
          column: 'goal',
          label: 'goals',
          synonyms: ['goal'],
        },
        isFrozen: { type: 'boolean', column: 'is_frozen', label: 'frozen account' },
        lockers: { type: 'number', column: 'lockers', label: 'lockers', synonyms: ['locker'] },
        checkIns: { type: 'number', column: 'check_ins', required: true, label: 'check-ins' },
        lastCheckIn: {
          type: 'date',
          column: 'last_check_in',
          stored: 'epochMs',
          recordsPast: true,
          label: 'last check-in',
        },
        startedAt: {
          type: 'date',
          column: 'started_at',
          stored: 'epochMs',
          recordsPast: true,
          required: true,
          label: 'member since',
        },
        feesPaid: { type: 'money', column: 'fees_paid', required: true, label: 'fees paid', synonyms: ['fees'] },
        birthday: { type: 'date', column: 'birthday', dayOnly: true, stored: 'isoText', recordsPast: true },
      },
      relations: {
        payments: { entity: 'payments', foreignKey: 'member_id' },
        attendances: { entity: 'attendances', foreignKey: 'member_id' },
      },
    },
    payments: {
      table: 'payments',
      primaryKey: 'id',
      label: { one: 'payment', many: 'payments' },
      fields: {
        amount: { type: 'money', column: 'amount', required: true },
        paidAt: {
          type: 'date',
          column: 'paid_at',
          stored: 'epochMs',
          recordsPast: true,
          required: true,
          label: 'day of payment',
        },
      },
    },
    attendances: {
      table: 'attendances',
      primaryKey: 'id',
      label: { one: 'class', many: 'classes' },
      fields: {
        className: { type: 'text', column: 'class_name', required: true, label: 'class' },
        heldAt: {
          type: 'date',
          column: 'held_at',
          stored: 'epochMs',
          recordsPast: true,
          required: true,
          label: 'day of the class',
        },
        outcome: {
          type: 'enum',
          column: 'outcome',
          values: ['ATTENDED', 'MISSED'],
          words: { MISSED: ['missed', 'miss'] },
          required: true,
          label: 'outcome',
        },
      },
    },
  },
  english: {
    audience: ['member', ['person', 'people'], 'athlete'],
    activities: {
      checkingIn: {
        verbs: ['check in', 'train', ['come', 'came', 'come'], 'work out'],
        nouns: ['check-in'],
        count: 'checkIns',
        date: 'lastCheckIn',
        repeats: true,
      },
      starting: { verbs: ['join', 'start'], date: 'startedAt' },
      attending: {
        verbs: ['attend', ['take', 'took', 'taken']],
        nouns: [['class', 'classes']],
        records: {
          of: 'attendances',
          where: { field: 'outcome', operator: '=', value: 'ATTENDED' },
          date: 'heldAt',
          status: 'outcome',
        },
        objects: {
          kind: 'named',
          name: 'className',
          nouns: [['class', 'classes'], 'course'],
          anything: ['session', 'lesson'],
        },
      },
    },
    measures: {
      paying: {
        verbs: [['pay', 'paid']],
        nouns: ['fee'],
        field: 'feesPaid',
        records: { of: 'payments', aggregate: 'sum', field: 'amount', date: 'paidAt' },
      },
    },
    sayings: [{ words: ['frozen'], means: { field: 'isFrozen', operator: '=', value: true } }],
    glossary: [
      { words: ['regular'], means: { field: 'checkIns', operator: '>=', value: 50 } },
      { words: ['sleeping'], means: { field: 'lastCheckIn', operator: 'notWithinLast', value: { days: 60 } } },
    ],
    places: ['town'],
    anniversaries: ['birthday'],
    recently: { days: 14 },
  },
})

/** What is known of the gym's members. */
export const gymValues: KnownValues = {
  members: {
    town: [{ value: 'Potsdam' }, { value: 'Berlin' }, { value: 'Bad Belzig', aliases: ['Belzig'] }],
    goals: [{ value: 'marathon' }, { value: 'weight-loss' }],
  },
  attendances: { className: [{ value: 'Morning Yoga' }, { value: 'Spinning' }] },
}

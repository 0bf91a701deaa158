import { says, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { sample } from '../documents/samples.ts'
import { about, count, extended, id, instant, listOf, named, object, oneOf, orNull, text } from '../documents/shapes.ts'
import {
  acceptSchema,
  inviteSchema,
  roleSchema,
  serviceTokenSchema,
  workspaceChangeSchema,
} from './workspace-schemas.ts'

const role = named('Role', oneOf('owner', 'marketer', 'viewer'))
const token = about('Of a session in that workspace', text)

const workspace = named(
  'Workspace',
  object({
    id,
    name: text,
    timeZone: { ...text, examples: ['Asia/Kolkata'] },
    currency: { ...text, examples: ['INR'] },
    consentPolicy: oneOf('opt-out', 'opt-in'),
    frequencyCap: about(
      'The most messages that one customer gets within so many days, over all campaigns',
      orNull(object({ messages: count, days: count })),
    ),
    quietHours: about(
      'The times of day, in `timeZone`, between which nothing is sent; what is due then waits',
      orNull(object({ from: text, until: text })),
    ),
    role: about('What I may do', role),
  }),
)

const ownWorkspace = object({ id, name: text, role })
const invite = named('Invite', object({ id, role, email: orNull(text), createdAt: instant, expiresAt: instant }))

const serviceToken = named(
  'ServiceToken',
  object({ id, name: text, role, createdAt: instant, expiresAt: orNull(instant), lastUsedAt: orNull(instant) }),
)

/** Workspaces: who works there, who may come in, and which machines. */
export const workspaceChapter: Chapter = {
  name: 'Workspaces',
  about: 'The rooms in which people work together: members, invitations, and the keys of machines.',
  routes: {
    'GET /api/workspaces': {
      title: 'List my workspaces',
      access: 'viewer',
      isForPeople: true,
      answers: [succeeds(object({ workspaces: listOf(ownWorkspace) }))],
      example: {},
    },
    'POST /api/workspaces/:id/enter': {
      title: 'Enter another workspace',
      access: 'viewer',
      isForPeople: true,
      answers: [succeeds(object({ workspace: ownWorkspace, token }))],
      codes: ['WORKSPACE_NOT_FOUND'],
      example: { path: { id: sample.workspace } },
    },
    'GET /api/workspace': {
      title: 'Read the workspace',
      access: 'viewer',
      isForPeople: true,
      answers: [succeeds(workspace)],
      example: {},
    },
    'PUT /api/workspace': {
      title: 'Change the workspace',
      access: 'owner',
      isForPeople: true,
      body: named('WorkspaceChange', workspaceChangeSchema),
      answers: [succeeds(workspace)],
      example: {
        body: {
          name: 'Sen Teas',
          timeZone: 'Asia/Kolkata',
          currency: 'INR',
          consentPolicy: 'opt-in',
          frequencyCap: { messages: 3, days: 7 },
          quietHours: { from: '21:00', until: '08:00' },
        },
      },
    },
    'GET /api/workspace/members': {
      title: 'List members',
      access: 'viewer',
      isForPeople: true,
      answers: [
        succeeds(object({ members: listOf(object({ userId: id, name: text, email: text, role, since: instant })) })),
      ],
      example: {},
    },
    'PATCH /api/workspace/members/:id': {
      title: 'Change the role of a member',
      access: 'owner',
      isForPeople: true,
      body: named('RoleChange', roleSchema),
      answers: [says()],
      codes: ['MEMBER_NOT_FOUND', 'LAST_OWNER'],
      example: { path: { id: sample.colleague }, body: { role: 'viewer' } },
    },
    'DELETE /api/workspace/members/:id': {
      title: 'Remove a member',
      access: 'owner',
      isForPeople: true,
      answers: [says()],
      codes: ['MEMBER_NOT_FOUND', 'LAST_OWNER'],
      example: { path: { id: sample.colleague } },
    },
    'GET /api/workspace/invites': {
      title: 'List invitations',
      access: 'owner',
      isForPeople: true,
      answers: [succeeds(object({ invites: listOf(invite) }))],
      example: {},
    },
    'POST /api/workspace/invites': {
      title: 'Invite somebody',
      about: 'The key is shown once. With an address the invitation is for its owner alone.',
      access: 'owner',
      isForPeople: true,
      body: named('InviteInput', inviteSchema),
      answers: [succeeds(named('NewInvite', extended(invite, { key: text, link: text })), { status: 201 })],
      codes: ['ALREADY_MEMBER'],
      example: { body: { role: 'marketer', email: 'ravi@shop.example' } },
    },
    'DELETE /api/workspace/invites/:id': {
      title: 'Revoke an invitation',
      access: 'owner',
      isForPeople: true,
      answers: [says()],
      codes: ['INVITE_NOT_FOUND'],
      example: { path: { id: sample.invite } },
    },
    'POST /api/invites/accept': {
      title: 'Accept an invitation',
      access: 'viewer',
      isForPeople: true,
      body: named('InviteAcceptance', acceptSchema),
      answers: [succeeds(object({ workspaceId: id, role, token }))],
      codes: ['INVITE_NOT_FOUND', 'ALREADY_MEMBER'],
      example: { body: { key: sample.inviteKey } },
    },
    'GET /api/workspace/service-tokens': {
      title: 'List service tokens',
      access: 'owner',
      isForPeople: true,
      answers: [succeeds(object({ serviceTokens: listOf(serviceToken) }))],
      example: {},
    },
    'POST /api/workspace/service-tokens': {
      title: 'Make a service token',
      about: 'The key is shown once.',
      access: 'owner',
      isForPeople: true,
      body: named('ServiceTokenInput', serviceTokenSchema),
      answers: [succeeds(named('NewServiceToken', extended(serviceToken, { key: text })), { status: 201 })],
      example: { body: { name: 'Nightly import', role: 'marketer', days: 365 } },
    },
    'DELETE /api/workspace/service-tokens/:id': {
      title: 'Revoke a service token',
      access: 'owner',
      isForPeople: true,
      answers: [says()],
      codes: ['SERVICE_TOKEN_NOT_FOUND'],
      example: { path: { id: sample.serviceToken } },
    },
  },
}

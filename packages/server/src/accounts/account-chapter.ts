import { redirects, says, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { sample } from '../documents/samples.ts'
import { about, extended, id, instant, named, object, orNull, text } from '../documents/shapes.ts'
import {
  currentPasswordSchema,
  loginSchema,
  passwordChangeSchema,
  profileSchema,
  registrationSchema,
} from './account-schemas.ts'

const user = named(
  'User',
  object({
    id,
    email: text,
    name: text,
    avatar: orNull(text),
    googleId: orNull(text),
    company: orNull(text),
    createdAt: instant,
  }),
)

const token = about('To be sent as `Authorization: Bearer …`; good for seven days', text)
const loggedIn = succeeds(named('LoggedIn', extended(user, { token })))
const popup = { popup: about('1: the answer goes to the page that opened this one', text) }

/** Logging in and out, and one's own account. */
export const accountChapter: Chapter = {
  name: 'Accounts',
  about: 'Logging in and out, and the account of whoever is logged in.',
  routes: {
    'POST /api/auth/register': {
      title: 'Register',
      about: 'Makes an account with a workspace of its own and logs in.',
      access: 'anyone',
      body: named('Registration', registrationSchema),
      answers: [loggedIn],
      codes: ['WEAK_PASSWORD', 'USER_EXISTS'],
      example: { body: { email: 'new@shop.example', name: 'Noor Shah', password: 'Cardamom-1917' } },
    },
    'POST /api/auth/login': {
      title: 'Log in',
      access: 'anyone',
      body: named('Login', loginSchema),
      answers: [loggedIn],
      codes: ['WRONG_CREDENTIALS'],
      example: { body: { email: sample.email, password: sample.password } },
    },
    'GET /api/auth/me': {
      title: 'Read my account',
      access: 'viewer',
      isForPeople: true,
      answers: [succeeds(user)],
      example: {},
    },
    'POST /api/auth/logout': {
      title: 'Log out',
      about: 'Ends the session, if there is one.',
      access: 'anyone',
      answers: [says()],
      example: {},
    },
    'POST /api/auth/logout-everywhere': {
      title: 'Log out everywhere',
      access: 'viewer',
      isForPeople: true,
      answers: [says()],
      example: {},
    },
    'POST /api/auth/refresh': {
      title: 'Refresh my session',
      access: 'viewer',
      isForPeople: true,
      answers: [succeeds(object({ user, token }))],
      example: {},
    },
    'POST /api/auth/change-password': {
      title: 'Change my password',
      about: 'Ends all other sessions.',
      access: 'viewer',
      isForPeople: true,
      body: named('PasswordChange', passwordChangeSchema),
      answers: [says()],
      codes: ['WRONG_PASSWORD', 'WEAK_PASSWORD'],
      example: { body: { currentPassword: sample.password, newPassword: 'Cardamom-1917' } },
    },
    'PUT /api/users/me': {
      title: 'Change my profile',
      access: 'viewer',
      isForPeople: true,
      body: named('Profile', profileSchema),
      answers: [succeeds(user)],
      codes: ['EMAIL_TAKEN'],
      example: { body: { name: 'Mira Sen', email: sample.email, company: 'Sen Teas' } },
    },
    'GET /api/auth/google': {
      title: 'Log in with Google',
      about: 'For browsers.',
      access: 'anyone',
      query: popup,
      answers: [redirects('To Google, or back to the page with the reason')],
      example: {},
    },
    'POST /api/auth/google/link': {
      title: 'Link Google to my account',
      about: 'Answers the address to send the browser to. After that Google opens the account as well.',
      access: 'viewer',
      isForPeople: true,
      body: named('PasswordConfirmation', currentPasswordSchema),
      answers: [succeeds(object({ url: text }))],
      codes: ['WRONG_PASSWORD', 'GOOGLE_REFUSED'],
      example: { body: { currentPassword: sample.password } },
    },
    'POST /api/auth/google/unlink': {
      title: 'Unlink Google from my account',
      access: 'viewer',
      isForPeople: true,
      body: named('PasswordConfirmation', currentPasswordSchema),
      answers: [says()],
      codes: ['WRONG_PASSWORD'],
      example: { body: { currentPassword: sample.password } },
    },
    'GET /api/auth/dev-token': {
      title: 'Log in as a developer',
      about: 'Without a password, where that is switched on and never in production; a 404 elsewhere.',
      access: 'anyone',
      answers: [redirects('To the dashboard of the client')],
      codes: ['NOT_FOUND'],
      example: {},
    },
    'GET /api/auth/google/callback': {
      title: 'Come back from Google',
      about: 'For browsers.',
      access: 'anyone',
      query: { ...popup, code: text, state: text, error: text },
      answers: [redirects('Back to the page')],
      example: { query: { error: 'access_denied' } },
    },
  },
}

import { redirects, sends } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { sample } from '../documents/samples.ts'

const open = { path: { messageId: sample.message, signature: sample.openSignature } }
const click = {
  path: { messageId: sample.message, signature: sample.clickSignature, url: sample.clickTarget },
}
const unsubscribe = { path: { messageId: sample.message, signature: sample.unsubscribeSignature } }

/** What customers do with messages. */
export const engagementChapter: Chapter = {
  name: 'Links in messages',
  about:
    'Where the links of messages lead, for customers and without a session. Each is signed by this server; with any other signature nothing is written down, and nobody is led anywhere.',
  routes: {
    'GET /m/o/:messageId/:signature': {
      title: 'Show the pixel of a message',
      about: 'Writes the open down, kept apart where a machine looked.',
      access: 'anyone',
      answers: [sends('image/gif')],
      example: open,
    },
    'GET /m/c/:messageId/:signature/:url': {
      title: 'Follow a link of a message',
      about: 'Writes the click down and leads on to the address that was signed.',
      access: 'anyone',
      answers: [redirects('To where the sender said'), { ...sends('text/html'), status: 404, about: 'Not our link' }],
      example: click,
    },
    'GET /m/u/:messageId/:signature': {
      title: 'Ask before unsubscribing',
      about: 'A page with a button; changes nothing by itself.',
      access: 'anyone',
      answers: [sends('text/html'), { ...sends('text/html'), status: 404, about: 'Not our link' }],
      example: unsubscribe,
    },
    'POST /m/u/:messageId/:signature': {
      title: 'Unsubscribe',
      about: 'By the button, or by one click of a mail program (RFC 8058). Safe to repeat.',
      access: 'anyone',
      answers: [sends('text/html'), { ...sends('text/html'), status: 404, about: 'Not our link' }],
      example: unsubscribe,
    },
  },
}

import type { Trait } from './audience-traits.ts'
import type { Tone } from './channel.ts'
import type { Intent } from './read-objective.ts'

/** How formal a tone speaks. */
export type Register = 'formal' | 'casual' | 'playful'

/** A few ways to say the same. `<topic>` is where the topic stands. */
export type Phrases = Readonly<Record<Register, readonly string[]>>

export const registerOf: Readonly<Record<Tone, Register>> = {
  friendly: 'casual',
  professional: 'formal',
  playful: 'playful',
  urgent: 'formal',
  warm: 'casual',
}

/** How a message begins. On short channels a mark ends it; a mail goes on in a new paragraph. */
export const openings: Readonly<Record<Tone, readonly { readonly words: string; readonly mark: string }[]>> = {
  friendly: [
    { words: 'Hi {name}', mark: '!' },
    { words: 'Hello {name}', mark: '!' },
    { words: 'Good to be in touch, {name}', mark: '!' },
  ],
  professional: [
    { words: 'Dear {name}', mark: ':' },
    { words: 'Hello {name}', mark: '.' },
    { words: 'Good day, {name}', mark: '.' },
  ],
  playful: [
    { words: 'Hey {name}', mark: '!' },
    { words: 'Hey there, {name}', mark: '!' },
    { words: 'Hello, hello, {name}', mark: '!' },
  ],
  urgent: [
    { words: '{name}', mark: ':' },
    { words: 'A quick word, {name}', mark: ':' },
    { words: 'For your attention, {name}', mark: ':' },
  ],
  warm: [
    { words: 'Hello dear {name}', mark: '!' },
    { words: 'Warm greetings, {name}', mark: '!' },
    { words: 'We hope you are well, {name}', mark: '.' },
  ],
}

/** What a message asks for at its end. Nothing here promises anything. */
export const closings: Readonly<Record<Tone, readonly string[]>> = {
  friendly: ['Come and have a look.', 'Drop by whenever you like.', 'We hope to see you soon.'],
  professional: ['We look forward to seeing you.', 'We would be pleased to hear from you.', 'Thank you for your time.'],
  playful: ['Curious? Come and see!', 'See you soon?', 'Go on, take a peek!'],
  urgent: ['Have a look now.', 'Please take a moment for it now.', 'Do come and see it right away.'],
  warm: ['We would love to see you.', 'It would make our day to see you.', 'Take care, and see you soon.'],
}

/** Ends that fit better than the general ones. */
export const closingsFor: Partial<Readonly<Record<Intent, Phrases>>> = {
  feedback: {
    formal: ['We would be grateful for a few words from you.', 'Please tell us.'],
    casual: ['A few words are enough.', 'Just tell us, we are listening.'],
    playful: ['Spill the beans!', 'Go on, tell us everything!'],
  },
  celebrate: {
    formal: ['With our best wishes.', 'Our best wishes are with you.'],
    casual: ['Enjoy it to the full.', 'Have a wonderful time.'],
    playful: ['Hip hip hooray!', 'Party hats on!'],
  },
  thank: {
    formal: ['It means much to us.', 'We do not take it for granted.'],
    casual: ['It means a lot to us.', 'You make our day.'],
    playful: ['You rock!', 'You are simply great!'],
  },
}

/** What a message is for, said without its topic. */
export const leads: Readonly<Record<Intent, Phrases>> = {
  announce: {
    formal: ['We have news to share with you.', 'There is something that we would like to show you.'],
    casual: ['We have some news for you.', 'There is something we would love to show you.'],
    playful: ['Psst, we have news!', 'Something is going on here!'],
  },
  celebrate: {
    formal: ['We send you our best wishes.', 'We congratulate you.'],
    casual: ['Happy days to you, from all of us!', 'All of us wish you the very best.'],
    playful: ['Time to celebrate!', 'Confetti for you!'],
  },
  feedback: {
    formal: ['Your opinion matters to us.', 'We would value your opinion.'],
    casual: ['We would love to know what you think.', 'How did you like it?'],
    playful: ['Tell us, how did we do?', 'Thumbs up or thumbs down?'],
  },
  inform: {
    formal: ['We would like to be in touch with you.', 'We would like to let you know that we are here for you.'],
    casual: ['We wanted to say hello.', 'We were thinking of you.'],
    playful: ['Knock, knock, it is us!', 'Just popping in to say hello!'],
  },
  invite: {
    formal: ['We would be pleased to have you with us.', 'We would like to invite you.'],
    casual: ['We would love to have you with us.', 'Come and join us.'],
    playful: ['Guess who is invited? You!', 'Come on over!'],
  },
  remind: {
    formal: ['A short reminder from us.', 'May we remind you?'],
    casual: ['Just a friendly reminder from us.', 'A little nudge from us.'],
    playful: ['Ding dong, a little reminder!', 'A tap on the shoulder from us!'],
  },
  thank: {
    formal: ['Thank you for being with us.', 'We would like to thank you.'],
    casual: ['Thank you so much for being with us.', 'We just wanted to say thank you.'],
    playful: ['A big thank you, and a big hug!', 'Thanks a million for being with us!'],
  },
  urge: {
    formal: ['We would be pleased to see you.', 'We would be glad if you joined us.'],
    casual: ['It would be great to see you.', 'We would be happy if you joined in.'],
    playful: ['Are you in?', 'Ready when you are!'],
  },
  welcome: {
    formal: ['Welcome. We are pleased to have you with us.', 'We are pleased to welcome you.'],
    casual: ['Welcome! We are so glad you are here.', 'It is lovely to have you with us. Welcome!'],
    playful: ['Welcome aboard!', 'Yay, you are here! Welcome!'],
  },
  winBack: {
    formal: [
      'We have missed you and would be pleased to see you again.',
      'It has been a while. We would be glad to welcome you again.',
    ],
    casual: ['We have missed you!', 'It has been a while, and we would love to see you again.'],
    playful: ['Long time no see!', 'Is it you? We have missed you!'],
  },
}

/** What the topic is: a thing, something they get, something to do, a statement, or the objective's own words. */
export type TopicKind = 'thing' | 'gift' | 'deed' | 'statement'

/** How a topic is said. */
export const frames: Readonly<Record<TopicKind, Phrases>> = {
  thing: {
    formal: ['We would like to tell you about <topic>.', 'We are writing to you about <topic>.'],
    casual: ['We wanted to tell you about <topic>.', 'Have you heard about <topic>?'],
    playful: ['Psst, have you heard about <topic>?', 'Guess what it is about: <topic>!'],
  },
  gift: {
    formal: ['For you: <topic>.', 'We have this for you: <topic>.'],
    casual: ['Here is something for you: <topic>.', 'We thought you would like this: <topic>.'],
    playful: ['Ta-da, this is for you: <topic>!', 'Look what is here for you: <topic>!'],
  },
  deed: {
    formal: ['We invite you to <topic>.', 'May we ask you to <topic>?'],
    casual: ['Why not <topic>?', 'It would be great if you would <topic>.'],
    playful: ['Go on, <topic>!', 'How about it: <topic>?'],
  },
  statement: {
    formal: ['We would like to let you know: <topic>.', 'Please note: <topic>.'],
    casual: ['Just to let you know: <topic>.', 'We have news for you: <topic>.'],
    playful: ['Guess what: <topic>!', 'Drum roll, please: <topic>!'],
  },
}

/** How a topic is said where the intent has words of its own for it; these need no lead. By intent and link. */
export const framesFor: Readonly<Record<string, Phrases>> = {
  'welcome to': {
    formal: ['Welcome to <topic>.', 'We are pleased to welcome you to <topic>.'],
    casual: ['Welcome to <topic>!', 'A warm welcome to <topic>.'],
    playful: ['Woohoo, welcome to <topic>!', 'Look who is here! Welcome to <topic>!'],
  },
  'thank for': {
    formal: ['Thank you for <topic>.', 'We would like to thank you for <topic>.'],
    casual: ['Thank you so much for <topic>.', 'We just wanted to thank you for <topic>.'],
    playful: ['A big hug, and thanks for <topic>!', 'Thanks a million for <topic>!'],
  },
  'invite to': {
    formal: ['You are invited to <topic>.', 'We would be pleased to invite you to <topic>.'],
    casual: ['We would love to invite you to <topic>.', 'You are invited to <topic>.'],
    playful: ['Guess who is invited to <topic>? You!', 'You are invited to <topic>!'],
  },
  'remind to': {
    formal: ['A short reminder to <topic>.', 'May we remind you to <topic>?'],
    casual: ['Please remember to <topic>.', 'Just a nudge to <topic>.'],
    playful: ['Ding dong! Time to <topic>!', 'A tap on the shoulder: <topic>!'],
  },
  'remind about': {
    formal: ['A short reminder about <topic>.', 'May we remind you of <topic>?'],
    casual: ['Just a friendly reminder about <topic>.', 'A little nudge about <topic>.'],
    playful: ['Ding dong! Remember <topic>?', 'Psst, do you remember <topic>?'],
  },
  'remind that': {
    formal: ['A short reminder: <topic>.', 'Please remember: <topic>.'],
    casual: ['Just a friendly reminder: <topic>.', 'A little nudge: <topic>.'],
    playful: ['Ding dong, a reminder: <topic>!', 'A tap on the shoulder: <topic>!'],
  },
  'celebrate on': {
    formal: ['Congratulations on <topic>.', 'We congratulate you on <topic>.'],
    casual: ['Congratulations on <topic>!', 'All of us congratulate you on <topic>.'],
    playful: ['Hooray, congratulations on <topic>!', 'A big cheer for <topic>!'],
  },
  celebrate: {
    formal: ['We wish you <topic>.', 'All of us wish you <topic>.'],
    casual: ['We wish you <topic>!', 'From all of us: have <topic>!'],
    playful: ['Hooray, have <topic>!', 'Here is to you: have <topic>!'],
  },
  'feedback about': feedbackOn(),
  'feedback on': feedbackOn(),
  'feedback for': feedbackOn(),
}

function feedbackOn(): Phrases {
  return {
    formal: ['We would value your opinion about <topic>.', 'May we ask what you think about <topic>?'],
    casual: ['We would love to know what you think about <topic>.', 'What do you think about <topic>?'],
    playful: ['Tell us: what do you make of <topic>?', 'Thumbs up or thumbs down for <topic>?'],
  }
}

/** What may be said to an audience of which a rule says this. */
export function audienceLine(trait: Trait, register: Register): string {
  switch (trait.is) {
    case 'away':
      return { formal: 'It has been a while.', casual: 'It has been a while!', playful: 'Long time no see!' }[register]
    case 'notYet':
      return {
        formal: `We look forward to your first ${trait.noun}.`,
        casual: `We are looking forward to your first ${trait.noun}.`,
        playful: `Your first ${trait.noun}? We can hardly wait!`,
      }[register]
    case 'once':
      return {
        formal: `Thank you for your first ${trait.noun}.`,
        casual: `Thanks again for your first ${trait.noun}.`,
        playful: `Your first ${trait.noun} made us smile!`,
      }[register]
    case 'often':
      return {
        formal: 'Thank you for coming back to us.',
        casual: 'It is always good to have you back.',
        playful: 'You again? We love it!',
      }[register]
    case 'valued':
      return {
        formal: 'You are one of those whom we value most.',
        casual: 'You are one of our favourite people.',
        playful: 'You are a star to us!',
      }[register]
    case 'new':
      return {
        formal: 'We are pleased that you have joined us.',
        casual: 'It is lovely that you have joined us.',
        playful: 'Yay, you have joined us!',
      }[register]
    case 'celebrating':
      return {
        formal: `Your ${trait.day} is coming up.`,
        casual: `Your ${trait.day} is coming up!`,
        playful: `Somebody has a ${trait.day} coming up!`,
      }[register]
    case 'at':
      return {
        formal: `We are writing to you in ${trait.place}.`,
        casual: `Greetings to ${trait.place}!`,
        playful: `Hello, ${trait.place}!`,
      }[register]
  }
}

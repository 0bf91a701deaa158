/**
 * Takes away the one property through which text can become a prototype (`node --disable-proto=delete` does the
 * same, but whoever starts the program may not know). `main.ts` imports this before anything else.
 */
Reflect.deleteProperty(Object.prototype, '__proto__')

/** A way to write the question how many customers are in an audience. */
export interface Formulation {
  readonly name: string
  readonly sql: string
  readonly bindings?: readonly (string | number | boolean)[]
  /** Right only where every order's customer is known to exist, which our tables do not say: shown, not competed with. */
  readonly isUnsafe?: true
}

/** An invented shop, for demonstrations and trials: the same seed and anchor give the same shop. */
export { type DemoShop, demoShop } from './demo-shop.ts'

/** Given names of one gender. */
export interface GivenNames {
  readonly gender: 'female' | 'male' | 'other'
  readonly weight: number
  readonly names: readonly string[]
}

const words = (text: string): readonly string[] => text.split(' ')

export const givenNames: readonly GivenNames[] = [
  {
    gender: 'female',
    weight: 52,
    names: words(
      'Aanya Aditi Amelia Ananya Anjali Ayşe Bianca Charlotte Chloé Clara Diya Elena Emma Fatima Grace Hannah Ishita Isla Julia Kavya Lakshmi Lena Maria Meera Mia Nadia Neha Nora Olivia Pooja Priya Riya Sara Shreya Sofia Tanvi Zoë',
    ),
  },
  {
    gender: 'male',
    weight: 45,
    names: words(
      'Aarav Aditya Ahmed Arjun Ben Carlos Daniel David Dev Ethan Felix Harsh Henry Ishaan Jack James João Karan Kabir Leo Liam Lucas Łukasz Manish Mateo Max Mehmet Noah Oliver Omar Pranav Rahul Rohan Sanjay Siddharth Thomas Vikram',
    ),
  },
  { gender: 'other', weight: 3, names: words('Alex Ariel Charlie Jordan Kiran Noor Robin Sam Sasha Taylor') },
]

export const familyNames: readonly string[] = words(
  "Agarwal Anderson Banerjee Bauer Brown Chopra Costa Das Desai D'Souza Fernandes Fischer Garcia Ghosh Gupta Iyer Jain Jones Joshi Kapoor Khan Kumar López Martin Mehta Menon Meyer Mishra Müller Murphy Nair O'Brien Patel Pillai Rao Reddy Roy Santos Schmidt Shah Sharma Silva Singh Smith Taylor Verma Weber Williams Wilson Yılmaz",
)

/** Tags, and how many of the customers carry each. */
export const tagShares: Readonly<Record<string, number>> = {
  'loyalty-card': 0.22,
  newsletter: 0.3,
  'gift-buyer': 0.09,
  wholesale: 0.03,
  vip: 0.04,
  staff: 0.01,
  'Diwali 2025': 0.06,
}

/** A city with its state and country, and how much of the shop's business it makes. */
export interface Place {
  readonly city: string
  readonly state: string
  readonly country: string
  readonly weight: number
}

const place = (city: string, state: string, country: string, weight: number): Place => ({
  city,
  state,
  country,
  weight,
})

/** Where the demo shop's customers live. */
export const places: readonly Place[] = [
  place('Mumbai', 'Maharashtra', 'India', 14),
  place('Delhi', 'Delhi', 'India', 12),
  place('Bengaluru', 'Karnataka', 'India', 10),
  place('Pune', 'Maharashtra', 'India', 6),
  place('Hyderabad', 'Telangana', 'India', 5),
  place('Chennai', 'Tamil Nadu', 'India', 5),
  place('Kolkata', 'West Bengal', 'India', 4),
  place('Jaipur', 'Rajasthan', 'India', 3),
  place('Ahmedabad', 'Gujarat', 'India', 3),
  place('Kochi', 'Kerala', 'India', 2),
  place('New York', 'New York', 'United States', 7),
  place('Los Angeles', 'California', 'United States', 5),
  place('San Francisco', 'California', 'United States', 4),
  place('Chicago', 'Illinois', 'United States', 3),
  place('Austin', 'Texas', 'United States', 3),
  place('Portland', 'Oregon', 'United States', 1),
  place('Portland', 'Maine', 'United States', 1),
  place('London', 'England', 'United Kingdom', 6),
  place('Manchester', 'England', 'United Kingdom', 2),
  place('Edinburgh', 'Scotland', 'United Kingdom', 2),
  place('Berlin', 'Berlin', 'Germany', 3),
  place('München', 'Bayern', 'Germany', 2),
  place('São Paulo', 'São Paulo', 'Brazil', 2),
  place('Toronto', 'Ontario', 'Canada', 2),
  place('İstanbul', 'İstanbul', 'Türkiye', 1),
]

// 256 words of everyday English for comparing keys, and for proposing a passphrase. Our own list:
// short, known early to who learns the language, no two that sound or look alike.
export const words = `
acorn actor airport almond anchor animal ankle apple april arrow artist autumn
bakery balcony bamboo banana barrel basket beach beard bedroom bicycle bird biscuit
blanket blossom bottle bracelet branch bread brick bridge bronze brother bucket butter
cabbage cactus cabin camel candle canvas carpet carrot castle cellar cement
ceramic chair cheese cherry chestnut chicken chimney church cinema circle clover cloud
coconut coffee compass copper coral corner cotton cousin crystal cucumber cupboard curtain
daisy dancer daughter deer desert diamond dinner doctor dolphin donkey door dragon
drawer dream driver eagle earth elbow elephant engine envelope evening falcon family
farmer feather february fence ferry fiddle finger fireplace flute forest fountain fox
friday friend frog fruit garage garden garlic ginger giraffe glacier glove goat
gold grandma grass guitar hammer harbour hazelnut hedgehog helmet herring hill holiday
honey horizon horse hospital hotel iceberg igloo insect island jacket january jasmine
jigsaw journey jungle kangaroo kettle kitchen kiwi ladder lamp lantern lavender leather
lemon library lightning lion lizard lobster lunch magnet mango maple marble market
meadow melon midnight milk mirror monday monkey moon morning mountain museum mushroom
mustard napkin necklace needle nephew noodle north notebook nurse oak oasis ocean
octopus olive onion orange orchard otter oven owl oyster paddle painter palace
pancake paper parrot parsley pasture peach peanut pebble pencil penguin pepper piano
picnic pigeon pillow pineapple pirate planet pocket pond potato pumpkin puppet puzzle
rabbit radio rainbow raspberry ribbon river robin rocket saddle sailor salmon sandwich
saturday scarf school scissors shadow sheep shoulder silver sister snow spider spinach
spoon squirrel station sunday tiger
`.trim().split(/\s+/);

package knowledgetest

import (
	"context"
	"testing"

	"frontdesk/knowledge"
)

// Articles returns a few published articles of one subject each in Chinese, English and Spanish: returns, shipping,
// coupon and size, each a Ref with three variants.
func Articles() []knowledge.Article {
	article := func(ref, locale, question, answer string, phrasings ...string) knowledge.Article {
		return knowledge.Article{Ref: ref, Locale: locale, Question: question, Answer: answer, Phrasings: phrasings, Status: knowledge.Published}
	}
	return []knowledge.Article{
		article("returns", "zh", "怎么退货？", "收到商品后7天内可以申请退货，吊牌要在。请在“我的订单”里点“申请退货”。", "可以退吗", "我想把衣服退掉", "不合适能退货吗"),
		article("returns", "en", "How do I return something?", "You can return an item within 7 days of delivery with its tags on. Open My orders and choose Return.", "can I send it back", "it doesn't fit, I want to return it"),
		article("returns", "es", "¿Cómo devuelvo un artículo?", "Puedes devolver un artículo en los 7 días siguientes a la entrega, con su etiqueta. Entra en Mis pedidos y elige Devolver.", "quiero hacer una devolución", "no me queda bien, lo quiero devolver"),
		article("shipping", "zh", "多久能发货？", "付款后48小时内发货，江浙沪一般次日送达。", "什么时候发货", "快递几天到"),
		article("shipping", "en", "How long does delivery take?", "We ship within 48 hours; parcels to the UK take 3 to 5 working days.", "when will my parcel arrive", "how many days for shipping"),
		article("shipping", "es", "¿Cuánto tarda el envío?", "Enviamos en 48 horas; a la Península llega en 2 o 3 días laborables.", "cuándo llega mi paquete", "plazo de entrega"),
		article("coupon", "zh", "优惠券为什么用不了？", "请看优惠券的有效期和最低金额；特价商品不参加。", "券用不了", "折扣码无效"),
		article("coupon", "en", "Why does my coupon not work?", "Check the coupon's dates and its minimum amount; sale items are excluded.", "discount code invalid", "promo code rejected"),
		article("coupon", "es", "¿Por qué no funciona mi cupón?", "Mira la fecha y el importe mínimo del cupón; las rebajas no cuentan.", "código de descuento no válido"),
		article("size", "zh", "怎么选尺码？", "每个商品页都有尺码表；介于两个尺码之间请选大一码。", "我该穿多大码"),
		article("size", "en", "Which size should I take?", "Every product page has a size chart; between two sizes take the larger one.", "size guide", "what size am I"),
		article("size", "es", "¿Qué talla elijo?", "Cada producto tiene su guía de tallas; entre dos tallas, elige la mayor.", "guía de tallas"),
	}
}

// Shop adds a shop of this slug to the base, with the articles published, and returns it.
func Shop(t testing.TB, base *knowledge.Base, slug string, articles ...knowledge.Article) knowledge.Shop {
	t.Helper()
	ctx := context.Background()
	shop, err := base.AddShop(ctx, knowledge.Shop{Slug: slug, Locale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	Import(t, base, shop, articles...)
	return shop
}

// Import stores the articles and fails the test when one is refused.
func Import(t testing.TB, base *knowledge.Base, shop knowledge.Shop, articles ...knowledge.Article) []knowledge.Imported {
	t.Helper()
	imported, err := base.ImportBatch(context.Background(), shop.ID, articles, knowledge.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range imported {
		if one.Err != nil {
			t.Fatalf("article %s in %s: %v", one.Ref, one.Locale, one.Err)
		}
	}
	return imported
}
